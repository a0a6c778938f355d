/** The backend of a measurement, with its threads and precision. */

import type { Precision } from "../src/backends/native/backend.ts";
import { loadBinding } from "../src/backends/native/load-binding.ts";
import { startNative } from "../src/backends/native/start.ts";
import { selectBackend } from "../src/backends/select-backend.ts";
import { UsageError } from "../src/errors.ts";
import type { BenchSettings, RunSettings } from "./settings.ts";

export interface StartedBackend {
  readonly settings: RunSettings;
  /** Of the add-on; absent on other backends. */
  readonly instructionSet?: string;
}

/**
 * @returns the settings as they are now: precision chosen, one thread where a backend has no more
 * @throws {UsageError} when bf16 is asked of a backend that has float32 only
 * @throws {BackendError} when the backend is not there
 */
export async function startBackend(settings: BenchSettings): Promise<StartedBackend> {
  const { backend } = settings;
  if (backend !== "native") {
    if (settings.precision === "bf16") {
      throw new UsageError(
        `expected --precision fp32 with --backend ${backend}, got bf16: only native has bfloat16`,
      );
    }
    await selectBackend(backend);
    return { settings: { ...settings, precision: "fp32", threads: 1 } };
  }
  const binding = loadBinding();
  binding.setThreads(settings.threads);
  const precision: Precision = settings.precision ?? (binding.hasBf16() ? "bf16" : "fp32");
  await startNative(precision);
  return {
    settings: { ...settings, precision, threads: binding.getThreads() },
    instructionSet: binding.getInstructionSet(),
  };
}
