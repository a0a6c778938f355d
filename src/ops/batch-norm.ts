/**
 * Batch normalisation: Ioffe, Szegedy, arXiv:1502.03167, over all positions of all sequences of a batch. Its running
 * statistics are no parameters: training returns those of the batch, and `runningStatistics` makes the next ones.
 */

import { ShapeError } from "../errors.ts";
import { expectShape } from "../tensor/expect-shape.ts";
import { BATCH_NORM } from "../tensor/fused/batch-norm.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { untaped } from "../tensor/tape.ts";
import { tf } from "../tensor/tf.ts";

/** Added to the variance; PyTorch's default. */
const EPSILON = 1e-5;
/** Weight of a batch in the running statistics; PyTorch's default. */
const MOMENTUM = 0.1;

/** [channels] each. */
export interface ChannelStatistics {
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

interface BatchNormed {
  /** [batch, length, channels] */
  readonly y: tf.Tensor3D;
  /** Of this batch, the variance divided by the values of a channel; no gradient goes through them. */
  readonly statistics: ChannelStatistics;
}

/**
 * (x − mean) / sqrt(variance + 1e-5) · gain + bias with the statistics of x itself: for training.
 *
 * @param x [batch, length, channels]
 * @param gain [channels]
 * @param bias [channels]
 * @throws {ShapeError} when a channel has fewer than two values, which leaves no variance, or not one gain and one bias
 */
export function batchNorm(x: tf.Tensor3D, gain: tf.Tensor1D, bias: tf.Tensor1D): BatchNormed {
  const [batch, length, channels] = x.shape;
  expectSeveral(batch * length);
  expectChannels("batchNorm", channels, { gain, bias });
  const rows: tf.Tensor2D = tf.reshape(x, [batch * length, channels]);
  const [y, mean, variance] = hasFused(BATCH_NORM)
    ? (runFused(BATCH_NORM, { x: rows, gain, bias }, { epsilon: EPSILON }) as Normed)
    : composite(rows, gain, bias);
  return { y: tf.reshape(y, x.shape), statistics: { mean, variance } };
}

type Normed = [y: tf.Tensor2D, mean: tf.Tensor1D, variance: tf.Tensor1D];

function composite(x: tf.Tensor2D, gain: tf.Tensor1D, bias: tf.Tensor1D): Normed {
  const mean: tf.Tensor1D = tf.mean(x, 0);
  const centred = tf.sub(x, mean); // [rows, channels]
  const variance: tf.Tensor1D = tf.mean(tf.square(centred), 0);
  const scale = tf.mul(gain, tf.rsqrt(tf.add(variance, EPSILON)));
  const statistics = untaped(() => [tf.clone(mean), tf.clone(variance)] as const);
  return [tf.add(tf.mul(centred, scale), bias), ...statistics];
}

/**
 * The same with statistics that are known: for inference, where no sequence depends on its batch.
 *
 * @param x [batch, length, channels]
 * @returns [batch, length, channels]
 * @throws {ShapeError} when something is not one number a channel
 */
export function batchNormWith(
  { mean, variance }: ChannelStatistics,
  x: tf.Tensor3D,
  gain: tf.Tensor1D,
  bias: tf.Tensor1D,
): tf.Tensor3D {
  expectChannels("batchNormWith", x.shape[2], { mean, variance, gain, bias });
  const scale = tf.mul(gain, tf.rsqrt(tf.add(variance, EPSILON)));
  return tf.add(tf.mul(tf.sub(x, mean), scale), bias);
}

/**
 * The running statistics after a batch, as PyTorch keeps them: 0.9 · running + 0.1 · batch, of the unbiased variance.
 *
 * @param batch what batchNorm returned
 * @param count values of a channel in that batch: batch · length
 * @returns new tensors; both arguments stay the caller's
 * @throws {ShapeError} when count is below 2
 */
export function runningStatistics(
  running: ChannelStatistics,
  batch: ChannelStatistics,
  count: number,
): ChannelStatistics {
  expectSeveral(count);
  const blend = (before: tf.Tensor1D, now: tf.Tensor1D, factor: number): tf.Tensor1D =>
    tf.add(tf.mul(before, 1 - MOMENTUM), tf.mul(now, MOMENTUM * factor));
  return {
    mean: blend(running.mean, batch.mean, 1),
    variance: blend(running.variance, batch.variance, count / (count - 1)),
  };
}

function expectChannels(
  operation: string,
  channels: number,
  tensors: Readonly<Record<string, tf.Tensor>>,
): void {
  for (const [name, tensor] of Object.entries(tensors))
    expectShape(operation, name, tensor, [channels]);
}

function expectSeveral(count: number): void {
  if (count >= 2) return;
  throw new ShapeError(
    `batchNorm: expected at least 2 values of each channel in a training batch, got ${count}: ` +
      "take longer sequences or more of them",
  );
}
