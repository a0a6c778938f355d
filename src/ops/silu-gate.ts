/** A gate by the sigmoid linear unit, SwiGLU's middle: Shazeer, arXiv:2002.05202, equation 5. */

import { expectShape } from "../tensor/expect-shape.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { SILU_GATE } from "../tensor/fused/silu-gate.ts";
import { tf } from "../tensor/tf.ts";
import { silu } from "./silu.ts";

/**
 * a · sigmoid(a) · b, of two tensors of one shape.
 *
 * @throws {ShapeError} when they are of two
 */
export function siluGate<T extends tf.Tensor>(a: T, b: T): T {
  expectShape("siluGate", "b", b, a.shape);
  if (hasFused(SILU_GATE)) return runFused(SILU_GATE, { a, b })[0] as T;
  return tf.mul(silu(a), b);
}
