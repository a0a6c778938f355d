/** The largest of each window of positions. */

import { ShapeError } from "../errors.ts";
import { MAX_POOL_1D } from "../tensor/fused/max-pool-1d.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";

/**
 * The maximum over windows of `window` positions that follow one another; positions after the last whole one are dropped.
 * As in PyTorch the first of equal values takes the gradient, and a NaN is the largest (on wasm, where it is the first).
 *
 * @param x [batch, length, width]
 * @returns [batch, ⌊length / window⌋, width]
 * @throws {ShapeError} when the window is not an integer in 1 … length
 */
export function maxPool1d(x: tf.Tensor3D, window: number): tf.Tensor3D {
  const [batch, length, width] = x.shape;
  if (!Number.isInteger(window) || window < 1 || window > length) {
    throw new ShapeError(
      `maxPool1d: expected a window that is an integer in 1 … ${length}, got ${window}`,
    );
  }
  if (hasFused(MAX_POOL_1D)) return runFused(MAX_POOL_1D, { x }, { window })[0] as tf.Tensor3D;
  const windows = Math.floor(length / window);
  const whole = tf.slice3d(x, [0, 0, 0], [batch, windows * window, width]);
  const apart: tf.Tensor4D = tf.reshape(whole, [batch, windows, window, width]);
  const at = (tap: number): tf.Tensor4D =>
    tf.slice4d(apart, [0, 0, tap, 0], [batch, windows, 1, width]);
  // Of equal values tf.maximum gives its first argument the gradient.
  const taps = Array.from({ length: window }, (_, tap) => at(tap));
  const largest = taps.reduce((most, next) => tf.maximum(most, next));
  return tf.reshape(largest, [batch, windows, width]);
}
