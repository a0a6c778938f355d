/** What each backend is on this machine, found without starting any. */

import { createRequire } from "node:module";
import { BACKEND_NAMES, type BackendName, type BackendReport } from "./backend-name.ts";
import { reportNative } from "./native/report.ts";

/** Packages that would provide TensorFlow, the one with a GPU first. */
export const TENSORFLOW_PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

/** Returns one report a backend, in the order `auto` prefers them. */
export async function listBackends(): Promise<BackendReport[]> {
  return BACKEND_NAMES.map((name) => ({ name, ...describe(name) }));
}

function describe(name: BackendName): Omit<BackendReport, "name"> {
  switch (name) {
    case "tensorflow": {
      const found = TENSORFLOW_PACKAGES.find(isInstalled);
      return found === undefined
        ? { isAvailable: false, reason: `not installed (npm install ${TENSORFLOW_PACKAGES[0]})` }
        : { isAvailable: true, reason: `${found} is installed; used when asked for by name` };
    }
    case "webgpu":
      return { isAvailable: false, reason: "not supported by this version of gdiff" };
    case "native":
      return reportNative();
    case "wasm":
      return { isAvailable: true, reason: "TensorFlow.js with XNNPACK, one thread", device: "CPU" };
    case "cpu":
      return { isAvailable: true, reason: "plain JavaScript, slow; the reference", device: "CPU" };
    default:
      return name satisfies never;
  }
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
