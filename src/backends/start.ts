/** How each backend is started. */

import { BackendError } from "../errors.ts";
import { tf } from "../tensor/tf.ts";
import type { BackendName } from "./backend-name.ts";
import { startNative } from "./native/start.ts";
import type { Precision } from "./precision.ts";
import { startTensorflow } from "./tensorflow/start.ts";
import { useRegistered } from "./use-registered.ts";
import { startWasm } from "./wasm/start.ts";
import { startWebGpu } from "./webgpu/start.ts";

/** What may be asked of a backend beside its name. */
export interface BackendWishes {
  /** Of products; absent is bf16 where the backend and the processor have it, else fp32. */
  readonly precision?: Precision | undefined;
  /** Which GPU: part of its name for webgpu; its number, or cpu, for tensorflow. */
  readonly device?: string | undefined;
}

/** A backend that computes. */
export interface StartedBackend {
  readonly precision: Precision;
  /** Of the processor; absent where the backend does not say. */
  readonly instructionSet?: string;
  /** Whether a backend made for GPUs has one; absent for those made for processors. */
  readonly isGpu?: boolean;
  /** Of the GPU, or of the program that plays it; absent where a processor computes. */
  readonly deviceName?: string;
  /** One clause for the user. */
  readonly description: string;
  /** More facts, a line each. */
  readonly details?: readonly string[];
}

type Start = (wishes: BackendWishes) => Promise<StartedBackend>;

/** Makes the backend of that name the one of all following tensor operations, or throws a BackendError. */
export const START: Readonly<Record<BackendName, Start>> = {
  tensorflow: inFloat32("tensorflow", ({ device }) => startTensorflow(device)),
  webgpu: inFloat32("webgpu", ({ device }) => startWebGpu(device)),
  native: onProcessor("native", ({ precision }) => startNative(precision)),
  wasm: inFloat32(
    "wasm",
    onProcessor("wasm", async () => {
      await startWasm();
      return { description: "one CPU thread, XNNPACK products" };
    }),
  ),
  cpu: inFloat32(
    "cpu",
    onProcessor("cpu", async () => {
      await startCpu();
      return { description: "plain JavaScript, slow" };
    }),
  ),
};

function inFloat32(
  name: BackendName,
  start: (wishes: BackendWishes) => Promise<Omit<StartedBackend, "precision">>,
): Start {
  return async (wishes) => {
    if (wishes.precision === "bf16") {
      throw new BackendError(
        `expected --precision fp32, the only one of backend ${name}, got bf16 (backend native has both)`,
      );
    }
    return { precision: "fp32", ...(await start(wishes)) };
  };
}

function onProcessor<T>(
  name: BackendName,
  start: (wishes: BackendWishes) => Promise<T>,
): (wishes: BackendWishes) => Promise<T> {
  return async (wishes) => {
    if (wishes.device !== undefined) {
      throw new BackendError(
        `expected no --device with backend ${name}, which computes on the processor, got ${wishes.device} ` +
          "(webgpu and tensorflow take one)",
      );
    }
    return start(wishes);
  };
}

async function startCpu(): Promise<void> {
  await useRegistered("cpu");
  // In Node its first write prints a banner for another package: that write is made here, as in a browser.
  const isNode = tf.env().getBool("IS_NODE");
  tf.env().set("IS_NODE", false);
  tf.scalar(0).dispose();
  tf.env().set("IS_NODE", isNode);
}
