/** The losses of uniform noise, in tensors: what the outputs say of the ratios, beside the true ones. */

import { logRatios } from "../diffusion/uniform-ratios.ts";
import { ratioEntropy } from "../ops/ratio-entropy.ts";
import { tf } from "../tensor/tf.ts";
import { BASE_COUNT, isBase } from "../tokens/alphabet.ts";
import type { PositionLoss } from "./losses.ts";
import type { MicroBatch } from "./micro-batch.ts";

/** Outputs are logits of the clean base, whose law is noised as the truth is. */
export const denoiserRatios: PositionLoss = (logits, micro) => {
  const redrawn = tf.tensor2d(redrawnShares(micro), [logits.shape[0], 1]);
  const kept = tf.mul(tf.sub(1, redrawn), BASE_COUNT);
  const noised = tf.log(tf.add(tf.mul(tf.softmax(logits), kept), redrawn)) as tf.Tensor2D;
  const shown = tf.sum(tf.mul(shownBases(micro), noised), 1, true);
  return entropyOf(tf.sub(noised, shown), micro);
};

/** Outputs are logarithms of the ratios; that of the base which is shown is 0, whatever stands there. */
export const outputRatios: PositionLoss = (outputs, micro) =>
  entropyOf(tf.mul(outputs, tf.sub(1, shownBases(micro))), micro);

function entropyOf(logScores: tf.Tensor2D, micro: MicroBatch): tf.Scalar {
  const truth = tf.tensor2d(trueRatios(micro), [micro.xt.length, BASE_COUNT]);
  return ratioEntropy(logScores, truth, tf.tensor1d(micro.weight));
}

/** [rows, 4], 1 at the base that a position shows; none where it shows N. */
function shownBases({ xt }: MicroBatch): tf.Tensor2D {
  return tf.oneHot(tf.tensor1d(Int32Array.from(xt), "int32"), BASE_COUNT) as tf.Tensor2D;
}

/** [rows] 1 − α of each position's row. */
function redrawnShares(micro: MicroBatch): Float32Array {
  const { xt, length } = micro;
  return Float32Array.from(xt, (_, at) => redrawnOf(micro, Math.floor(at / length)));
}

/** [rows, 4]; 0 where there is no base. */
function trueRatios(micro: MicroBatch): Float32Array {
  const { x0, xt, length } = micro;
  const ratios = new Float32Array(xt.length * BASE_COUNT);
  for (const [at, x] of x0.entries()) {
    if (!isBase(x)) continue;
    const redrawn = redrawnOf(micro, Math.floor(at / length));
    logRatios(x, xt[at] as number, redrawn, ratios, at * BASE_COUNT);
  }
  return ratios;
}

function redrawnOf({ levels }: MicroBatch, row: number): number {
  const level = levels?.[row];
  if (level === undefined)
    throw new RangeError(`internal: expected the noise of row ${row}, got none`);
  return -Math.expm1(-level);
}
