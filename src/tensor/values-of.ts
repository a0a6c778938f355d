/** The numbers of a tensor that is needed for nothing else. */

import { tf } from "./tf.ts";

/** Computes a float32 tensor in a tidy, reads it out of the backend and disposes it. */
export async function valuesOf(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
