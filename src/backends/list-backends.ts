/** What each backend is on this machine, found without starting any. */

import { BACKEND_NAMES, type BackendName, type BackendReport } from "./backend-name.ts";
import { reportNative } from "./native/report.ts";
import { reportTensorflow } from "./tensorflow/report.ts";
import { reportWebGpu } from "./webgpu/report.ts";

/** Returns one report a backend, in the order `auto` prefers them. */
export async function listBackends(): Promise<BackendReport[]> {
  return BACKEND_NAMES.map((name) => ({ name, ...REPORTS[name]() }));
}

const REPORTS: Readonly<Record<BackendName, () => Omit<BackendReport, "name">>> = {
  tensorflow: reportTensorflow,
  webgpu: reportWebGpu,
  native: reportNative,
  wasm: () => ({
    isAvailable: true,
    reason: "TensorFlow.js with XNNPACK, one thread",
    device: "CPU",
  }),
  cpu: () => ({
    isAvailable: true,
    reason: "plain JavaScript, slow; the reference",
    device: "CPU",
  }),
};
