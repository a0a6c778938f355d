/** What the native backend's kernels did during the timed steps: how often, how long, in which language. */

import { NativeBackend } from "../src/backends/native/backend.ts";
import { tf } from "../src/tensor/tf.ts";

/** One kernel, a step. */
export interface KernelProfile {
  readonly name: string;
  readonly calls: number;
  /** Kernels that it calls included. */
  readonly milliseconds: number;
  readonly isJavaScript: boolean;
}

/** Counts from now on; does nothing on other backends. */
export function startProfile(): void {
  nativeBackend()?.resetCounters();
}

/** What gdiff adds to a workload's findings on the native backend: a step, but the peak of them all. */
export function backendFindings(steps: number): Readonly<Record<string, number>> {
  const counters = nativeBackend()?.counters;
  if (counters === undefined) return {};
  const javaScript = [...counters.fallbacks.values()].reduce((sum, calls) => sum + calls, 0);
  return {
    javaScriptKernelsPerStep: javaScript / steps,
    freshBlocksPerStep: counters.freshBlocks / steps,
    peakTensorMb: counters.peakBytes / 2 ** 20,
  };
}

/** The kernels, the longest first; none on other backends. */
export function kernelProfile(steps: number): readonly KernelProfile[] {
  const counters = nativeBackend()?.counters;
  if (counters === undefined) return [];
  const { nativeCalls, fallbacks, milliseconds } = counters;
  const of = (calls: ReadonlyMap<string, number>, isJavaScript: boolean): KernelProfile[] =>
    [...calls].map(([name, count]) => ({
      ...{ name, isJavaScript, calls: count / steps },
      milliseconds: (milliseconds.get(name) ?? 0) / steps,
    }));
  return [...of(nativeCalls, false), ...of(fallbacks, true)].sort(
    (a, b) => b.milliseconds - a.milliseconds,
  );
}

function nativeBackend(): NativeBackend | undefined {
  const backend = tf.getBackend() === "native" ? tf.findBackend("native") : undefined;
  return backend instanceof NativeBackend ? backend : undefined;
}
