/**
 * How noisy a row is, as a network is told it: waves of the total noise, then an MLP (MDLM's models/dit.py, TimestepEmbedder; the
 * waves are those of arXiv:2105.05233's code, cosines first).
 */

import { linear } from "../ops/linear.ts";
import { silu } from "../ops/silu.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";

/** Cosines and sines together. */
export const WAVES = 256;
/** The frequencies fall from 1 radian a nat to nearly 1 / MAX_PERIOD. */
const MAX_PERIOD = 10_000;

/**
 * cos and sin of σ · MAX_PERIOD^(−i / 128) for i of 0 … 127.
 *
 * @param levels [batch] total noise σ, nats
 * @returns [batch, WAVES]
 */
function noiseWaves(levels: Float32Array): tf.Tensor2D {
  const half = WAVES / 2;
  const waves = new Float32Array(levels.length * WAVES);
  for (const [row, level] of levels.entries()) {
    for (let i = 0; i < half; i++) {
      const angle = level * MAX_PERIOD ** (-i / half);
      waves[row * WAVES + i] = Math.cos(angle);
      waves[row * WAVES + half + i] = Math.sin(angle);
    }
  }
  return tf.tensor2d(waves, [levels.length, WAVES]);
}

/**
 * Embeds the noise of each row.
 *
 * @param levels [batch] total noise σ, nats; 0 is a clean row
 * @returns [batch, features of noise.out]; belongs to the tidy around
 */
export function noiseEmbedding(params: ParamTree, levels: Float32Array): tf.Tensor2D {
  const hidden = layer(params, "noise.in", noiseWaves(levels));
  return layer(params, "noise.out", silu(hidden));
}

function layer(params: ParamTree, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const weight = param(params, `${name}.weight`) as tf.Tensor2D;
  return linear(x, weight, param(params, `${name}.bias`) as tf.Tensor1D);
}
