/** Why `auto` leaves a backend aside without starting it: loading a GPU's software takes seconds and prints. */

import { existsSync } from "node:fs";
import type { BackendName } from "./backend-name.ts";
import { findTensorflow } from "./tensorflow/find-tensorflow.ts";
import { nvidiaDriver } from "./tensorflow/nvidia.ts";
import { findWebGpuPackages, WEBGPU_PACKAGES } from "./webgpu/dawn.ts";
import { findVulkanDrivers } from "./webgpu/vulkan-drivers.ts";

/** Returns one clause; "absent" where nobody installed it; undefined where it is worth a try. */
export function whyNotTried(name: BackendName): string | undefined {
  if (name === "tensorflow") return whyNotTensorflow();
  return name === "webgpu" ? whyNotWebGpu() : undefined;
}

function whyNotTensorflow(): string | undefined {
  const found = findTensorflow();
  if (found === undefined) return "absent";
  if (found.name !== "@tensorflow/tfjs-node-gpu") {
    return `${found.name} is for processors, and is used when asked for by name`;
  }
  // Elsewhere, and in Windows' Linux, the driver shows in no file that could be looked for.
  if (process.platform !== "linux" || existsSync("/usr/lib/wsl/lib")) return undefined;
  return nvidiaDriver() === undefined ? "there is no NVIDIA driver" : undefined;
}

function whyNotWebGpu(): string | undefined {
  if (findWebGpuPackages().length < WEBGPU_PACKAGES.length) return "absent";
  if (process.platform !== "linux") return undefined;
  return findVulkanDrivers(process.env).length === 0 ? "there is no Vulkan driver" : undefined;
}
