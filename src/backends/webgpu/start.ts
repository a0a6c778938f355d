/** Registers and starts the backend `webgpu`. */

import { tf } from "../../tensor/tf.ts";
import { formatBytes } from "../../util/format.ts";
import { useRegistered } from "../use-registered.ts";
import { makeBackend } from "./backend.ts";
import { loadWebGpuPackages } from "./dawn.ts";
import { openDevice } from "./open-device.ts";
import type { AdapterInfo } from "./webgpu-types.ts";

const NAME = "webgpu";

export interface StartedWebGpu {
  /** False where a processor plays the GPU. */
  readonly isGpu: boolean;
  readonly deviceName: string;
  /** One clause for the user. */
  readonly description: string;
  /** More facts, a line each. */
  readonly details: readonly string[];
}

/**
 * Makes `webgpu` the backend of all following tensor operations. Started again, it is a new device: tensors of the
 * old one are gone.
 *
 * @param wanted part of the GPU's name
 * @throws {BackendError} when a package or a GPU is not there
 */
export async function startWebGpu(wanted?: string): Promise<StartedWebGpu> {
  const { dawn, Backend, found } = await loadWebGpuPackages();
  const open = await openDevice(dawn, wanted);
  if (tf.findBackend(NAME) !== null) tf.removeBackend(NAME);
  tf.registerBackend(NAME, () => makeBackend(Backend, open) as unknown as tf.KernelBackend);
  await useRegistered(NAME);
  const { deviceName } = open;
  const isGpu = isRealGpu(open.info);
  const versions = found.map(({ name, version }) => `${name} ${version}`).join(", ");
  return {
    isGpu,
    deviceName,
    description: `${deviceName}${isGpu ? "" : " (a processor that plays a GPU)"}, by ${versions}`,
    details: [`tensors of up to ${formatBytes(open.largestBuffer)}`],
  };
}

/** Programs that play a GPU on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

function isRealGpu({ isFallbackAdapter, device, architecture, description }: AdapterInfo): boolean {
  return isFallbackAdapter !== true && !SOFTWARE.test(`${device} ${architecture} ${description}`);
}
