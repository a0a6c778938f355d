/** The backends of optional packages, as far as they are here. */

import { existsSync } from "node:fs";
import { findTensorflow } from "../../src/backends/tensorflow/find-tensorflow.ts";
import { findWebGpuPackages, WEBGPU_PACKAGES } from "../../src/backends/webgpu/dawn.ts";
import { findVulkanDrivers } from "../../src/backends/webgpu/vulkan-drivers.ts";
import { refuse } from "./oracles.ts";

/** The driver by which Debian's chromium plays a GPU on the processor. */
const SOFTWARE_GPU = "/usr/lib/chromium/vk_swiftshader_icd.json";

export const hasTensorflow: boolean = findTensorflow()?.hasAddon === true;

const hasOwnDriver = findVulkanDrivers(process.env).length > 0;

export const hasWebGpu: boolean =
  findWebGpuPackages().length === WEBGPU_PACKAGES.length &&
  (hasOwnDriver || existsSync(SOFTWARE_GPU));

/** What the environment lacks for a GPU; nothing where it has a driver. */
export const webGpuEnvironment: Readonly<Record<string, string>> = hasOwnDriver
  ? {}
  : { VK_DRIVER_FILES: SOFTWARE_GPU };

const WHERE = "is not here: install_backends of .ci/run brings it";
if (!hasTensorflow) refuse(`backend tensorflow ${WHERE}`);
if (!hasWebGpu) refuse(`backend webgpu ${WHERE}`);
