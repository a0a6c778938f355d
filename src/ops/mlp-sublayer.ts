/** The second half of a pre-norm transformer block. */

import { MLP_SUBLAYER } from "../tensor/fused/mlp-sublayer.ts";
import { hasFused, isDifferentiated, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";
import { gelu } from "./gelu.ts";
import { LAYER_NORM_EPSILON, layerNorm } from "./layer-norm.ts";
import { linear } from "./linear.ts";

/** Weights in PyTorch's layout. */
export interface MlpSublayerWeights {
  /** [width] */
  readonly gain: tf.Tensor1D;
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
 * x + down(gelu(up(layerNorm(x)))).
 *
 * @param x [rows, width]
 * @returns [rows, width]
 */
export function mlpSublayer(x: tf.Tensor2D, weights: MlpSublayerWeights): tf.Tensor2D {
  if (hasFused(MLP_SUBLAYER)) {
    const attrs = { epsilon: LAYER_NORM_EPSILON, keep: isDifferentiated() };
    return runFused(MLP_SUBLAYER, { x, ...weights }, attrs)[0] as tf.Tensor2D;
  }
  const { gain, up, upBias, down, downBias } = weights;
  const hidden = gelu(linear(layerNorm(x, gain), up, upBias)); // [rows, hidden]
  return tf.add(x, linear(hidden, down, downBias)) as tf.Tensor2D;
}
