/**
 * Fused kernels: one call for what ops/ otherwise writes as many TensorFlow.js operations. The files beside this one
 * name each kernel, its inputs, attributes and outputs, and give its gradient; a backend registers those it has, and
 * ops/ calls them where they are there. That list is what a new backend has to meet.
 */

import { tf } from "../tf.ts";

type Inputs = Readonly<Record<string, tf.Tensor>>;
/** What a kernel is told besides its tensors. */
export type Attributes = Readonly<Record<string, number | boolean | string | readonly number[]>>;

/** Whether the backend in use has the kernel. */
export function hasFused(kernelName: string): boolean {
  return tf.getKernel(kernelName, tf.getBackend()) !== undefined;
}

/** Runs the kernel under TensorFlow.js' tape; the outputs belong to the tidy around it. */
export function runFused(kernelName: string, inputs: Inputs, attrs: Attributes = {}): tf.Tensor[] {
  const result: tf.Tensor | tf.Tensor[] = tf
    .engine()
    .runKernel(kernelName, { ...inputs }, { ...attrs } as tf.NamedAttrMap);
  return Array.isArray(result) ? result : [result];
}

/** Whether what is computed now will be differentiated: a forward kernel then keeps what its backward one needs. */
export function isDifferentiated(): boolean {
  return tf.engine().isTapeOn();
}
