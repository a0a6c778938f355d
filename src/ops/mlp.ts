/** The MLP of a transformer block, without its norm and residual. */

import type { tf } from "../tensor/tf.ts";
import { gelu } from "./gelu.ts";
import { linear } from "./linear.ts";

/** Weights in PyTorch's layout. */
export interface MlpWeights {
  /** [hidden, width] */
  readonly up: tf.Tensor2D;
  /** [hidden] */
  readonly upBias: tf.Tensor1D;
  /** [width, hidden] */
  readonly down: tf.Tensor2D;
  /** [width] */
  readonly downBias: tf.Tensor1D;
}

/**
 * down(gelu(up(x))).
 *
 * @param x [rows, width]
 * @returns [rows, width]
 */
export function mlp(x: tf.Tensor2D, { up, upBias, down, downBias }: MlpWeights): tf.Tensor2D {
  return linear(gelu(linear(x, up, upBias)), down, downBias);
}
