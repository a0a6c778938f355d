/** Opens a GPU with room: the limits of the adapter, not the small ones that WebGPU begins with. */

import { BackendError } from "../../errors.ts";
import { adapterNames, nameOfDevice, namesWith } from "./adapter-names.ts";
import type { WebGpuPackages } from "./dawn.ts";
import type { Adapter, AdapterInfo, Gpu, GpuDevice } from "./webgpu-types.ts";

export interface OpenDevice {
  readonly device: GpuDevice;
  readonly info: AdapterInfo;
  /** As its driver gives it. */
  readonly deviceName: string;
  /** Most bytes in one tensor. */
  readonly largestBuffer: number;
  /** Dawn's instance, which must outlive the device. */
  readonly gpu: Gpu;
}

/** Raised to what the adapter has: those that TensorFlow.js' kernels meet. */
const LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
];

/**
 * Opens the GPU whose name contains `wanted`, in any case; without it the fastest that Dawn names first.
 *
 * @throws {BackendError} when there is none, or none of that name
 */
export async function openDevice(
  dawn: WebGpuPackages["dawn"],
  wanted?: string,
): Promise<OpenDevice> {
  Object.assign(globalThis, dawn.globals); // the kernels name GPUBufferUsage and its like without an import
  const names = await adapterNames(dawn);
  const [name, ...others] = wanted === undefined ? [] : namesWith(names, wanted);
  if (wanted !== undefined && (name === undefined || others.length > 0))
    throw refusal(names, wanted);
  const gpu = dawn.create(name === undefined ? [] : [`adapter=${name}`]);
  // Dawn has no GPU in two ways: it says so, or it fails.
  const adapter = await gpu
    .requestAdapter({ powerPreference: "high-performance" })
    .catch(() => null);
  if (adapter === null) throw refusal(names, wanted);
  return {
    device: await adapter.requestDevice(withRoom(adapter)),
    deviceName: name ?? nameOfDevice(names, adapter.info.device) ?? adapter.info.description,
    ...factsOf(adapter),
    gpu,
  };
}

function withRoom({ limits, features }: Adapter): Parameters<Adapter["requestDevice"]>[0] {
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, limits[name] ?? 0]));
  return {
    requiredLimits,
    requiredFeatures: features.has("timestamp-query") ? ["timestamp-query"] : [],
  };
}

function factsOf({ info, limits }: Adapter): Pick<OpenDevice, "info" | "largestBuffer"> {
  const { maxBufferSize = 0, maxStorageBufferBindingSize = 0 } = limits;
  return { info, largestBuffer: Math.min(maxBufferSize, maxStorageBufferBindingSize) };
}

function refusal(names: readonly string[], wanted: string | undefined): BackendError {
  if (wanted !== undefined && names.length > 0) {
    return new BackendError(
      `expected --device of backend webgpu to be part of one GPU's name, got ${wanted} (here are ${names.join(", ")})`,
    );
  }
  const drivers =
    process.platform === "linux"
      ? " with a Vulkan driver (libvulkan.so.1, and a file of the driver in /usr/share/vulkan/icd.d, " +
        "/etc/vulkan/icd.d or VK_DRIVER_FILES)"
      : "";
  return new BackendError(
    `backend webgpu has no device: looked for a GPU${drivers}, found none (--backend auto does without)`,
  );
}
