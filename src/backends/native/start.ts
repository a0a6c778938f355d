/** Registers and starts the backend `native`. */

import { tf } from "../../tensor/tf.ts";
import { useRegistered } from "../use-registered.ts";
import { NativeBackend, type Precision } from "./backend.ts";
import { FUSED_GRADIENTS } from "./gradients.ts";
import type { NativeKernel } from "./kernel.ts";
import { NATIVE_KERNELS } from "./kernels/index.ts";
import { loadBinding } from "./load.ts";

const NAME = "native";

/**
 * Makes `native` the backend of all following tensor operations. Started again with another precision, it is a new
 * backend: tensors of the old one are gone.
 *
 * @param precision bf16 where the processor multiplies bfloat16, if absent
 * @throws {BackendError} when the add-on is not there
 */
export async function startNative(precision?: Precision): Promise<void> {
  const binding = loadBinding();
  const wanted = precision ?? (binding.hasBf16() ? "bf16" : "fp32");
  const running = tf.findBackend(NAME);
  if (running instanceof NativeBackend && running.precision !== wanted) tf.removeBackend(NAME);
  if (tf.findBackend(NAME) === null) {
    tf.registerBackend(NAME, () => new NativeBackend(binding, wanted));
    registerKernels();
  }
  await useRegistered(NAME);
}

function registerKernels(): void {
  if (tf.getKernel(NATIVE_KERNELS[0]?.name ?? "", NAME) !== undefined) return;
  tf.copyRegisteredKernels("cpu", NAME);
  for (const kernel of NATIVE_KERNELS) {
    if (tf.getKernel(kernel.name, NAME) !== undefined) tf.unregisterKernel(kernel.name, NAME);
    tf.registerKernel(configOf(kernel));
  }
  for (const gradient of FUSED_GRADIENTS) tf.registerGradient(gradient);
}

function configOf({ name, run }: NativeKernel): tf.KernelConfig {
  return {
    kernelName: name,
    backendName: NAME,
    kernelFunc: ({ inputs, attrs, backend }) =>
      run({
        inputs: inputs as Record<string, tf.TensorInfo>,
        attrs: (attrs ?? {}) as Record<string, unknown>,
        backend: backend as NativeBackend,
      }),
  };
}
