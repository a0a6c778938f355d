/** Registers and starts the backend `webgpu`. */

import { tf } from "../../tensor/tf.ts";
import { formatBytes } from "../../util/format.ts";
import { registerFusedGradients } from "../fused-gradients.ts";
import { useRegistered } from "../use-registered.ts";
import { makeBackend } from "./backend.ts";
import { loadWebGpuPackages } from "./dawn.ts";
import { WEBGPU_KERNELS } from "./kernels/index.ts";
import { openDevice } from "./open-device.ts";
import type { ProgramRunner } from "./program.ts";
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
  registerKernels();
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

function registerKernels(): void {
  registerFusedGradients();
  for (const { name, run } of WEBGPU_KERNELS) {
    if (tf.getKernel(name, NAME) !== undefined) continue;
    tf.registerKernel({
      ...{ kernelName: name, backendName: NAME },
      kernelFunc: ({ inputs, attrs, backend }) =>
        run({
          inputs: inputs as Readonly<Record<string, tf.TensorInfo>>,
          attrs: (attrs ?? {}) as Readonly<Record<string, unknown>>,
          runner: backend as ProgramRunner,
        }),
    });
  }
}

/** Programs that play a GPU on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

function isRealGpu({ isFallbackAdapter, device, architecture, description }: AdapterInfo): boolean {
  return isFallbackAdapter !== true && !SOFTWARE.test(`${device} ${architecture} ${description}`);
}
