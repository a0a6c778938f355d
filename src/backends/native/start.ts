/** Registers and starts the backend `native`. */

import { tf } from "../../tensor/tf.ts";
import { registerFusedGradients } from "../fused-gradients.ts";
import type { Precision } from "../precision.ts";
import { useRegistered } from "../use-registered.ts";
import { NativeBackend } from "./backend.ts";
import { defaultPrecision, describeNative } from "./describe.ts";
import type { NativeKernel } from "./kernel.ts";
import { NATIVE_KERNELS } from "./kernels/index.ts";
import { loadBinding } from "./load-binding.ts";
import { limitMemory } from "./memory/limit.ts";

const NAME = "native";

/** Kernels of the cpu backend that compute nothing: they count one more tensor in the same memory. */
const REFERENCE_KERNELS: ReadonlySet<string> = new Set([tf.Identity, tf.Reshape, tf.ExpandDims]);

/** How it computes. */
export interface StartedNative {
  readonly precision: Precision;
  /** As GDIFF_ISA spells it. */
  readonly instructionSet: string;
  /** One clause for the user. */
  readonly description: string;
}

/**
 * Makes `native` the backend of all following tensor operations. Started again with another precision, it is a new
 * backend: tensors of the old one are gone.
 *
 * @param precision bf16 where the processor multiplies bfloat16, if absent
 * @throws {BackendError} when the add-on is not there
 * @throws {ConfigError} when the environment asks for what cannot be
 */
export async function startNative(precision?: Precision): Promise<StartedNative> {
  const binding = loadBinding();
  limitMemory(binding);
  const wanted = precision ?? defaultPrecision(binding);
  const running = tf.findBackend(NAME);
  if (running instanceof NativeBackend && running.precision !== wanted) tf.removeBackend(NAME);
  if (tf.findBackend(NAME) === null) {
    tf.registerBackend(NAME, () => new NativeBackend(binding, wanted));
    registerKernels();
  }
  await useRegistered(NAME);
  return {
    precision: wanted,
    instructionSet: binding.getInstructionSet(),
    description: describeNative(binding, wanted),
  };
}

function registerKernels(): void {
  if (tf.getKernelsForBackend(NAME).length > 0) return;
  const native = new Set(NATIVE_KERNELS.map(({ name }) => name));
  for (const config of tf.getKernelsForBackend("cpu")) {
    if (!native.has(config.kernelName)) tf.registerKernel(counted(config));
  }
  for (const kernel of NATIVE_KERNELS) tf.registerKernel(configOf(kernel));
  registerFusedGradients();
}

/** The cpu backend's kernel under this backend's eyes. */
function counted(config: tf.KernelConfig): tf.KernelConfig {
  const { kernelName, kernelFunc } = config;
  const kind = REFERENCE_KERNELS.has(kernelName) ? "native" : "fallback";
  return {
    ...config,
    backendName: NAME,
    kernelFunc: (call) =>
      (call.backend as NativeBackend).kernels.run(kind, kernelName, call.inputs, () =>
        kernelFunc(call),
      ),
  };
}

function configOf({ name, run, declines }: NativeKernel): tf.KernelConfig {
  return {
    kernelName: name,
    backendName: NAME,
    kernelFunc: (config) => {
      const { inputs, attrs, backend } = config;
      const native = backend as NativeBackend;
      const call = {
        inputs: inputs as Record<string, tf.TensorInfo>,
        attrs: (attrs ?? {}) as Record<string, unknown>,
        backend: native,
      };
      const reason = declines?.(call);
      if (reason === undefined) return native.kernels.run("native", name, inputs, () => run(call));
      const { kernelFunc } = expectKernel(name);
      return native.kernels.run("fallback", `${name} ${reason}`, inputs, () => kernelFunc(config));
    },
  };
}

/** The cpu backend's kernel, which takes the calls that C++ declines. */
function expectKernel(name: string): tf.KernelConfig {
  const found = tf.getKernel(name, "cpu");
  if (found === undefined) throw new TypeError(`internal: expected a cpu kernel ${name}, got none`);
  return found;
}
