/** Convolution along the positions of sequences, stride 1, in PyTorch's layout of the weight. */

import { ShapeError } from "../errors.ts";
import { expectShape } from "../tensor/expect-shape.ts";
import { CONV1D } from "../tensor/fused/conv1d.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { formatShape } from "../tensor/named-arrays.ts";
import { tf } from "../tensor/tf.ts";

/** "valid": only whole windows; "same": as many outputs as positions, zeros around, the odd one on the right. */
type ConvPadding = "valid" | "same";

/**
 * y[b, p, o] = bias[o] + Σ_(tap, i) x[b, p + tap, i] weight[o, i, tap].
 *
 * @param x [batch, length, in]
 * @param weight [out, in, kernel]
 * @param bias [out], absent for none
 * @returns [batch, length − kernel + 1, out], or [batch, length, out] with padding "same"
 * @throws {ShapeError} when the widths or the bias do not fit, or the padded positions do not hold the kernel
 */
export function conv1d(
  x: tf.Tensor3D,
  weight: tf.Tensor3D,
  bias?: tf.Tensor1D,
  padding: ConvPadding = "valid",
): tf.Tensor3D {
  const border = padding === "same" ? Math.max(weight.shape[2] - 1, 0) : 0;
  expectFit(x, weight, border);
  if (bias !== undefined) expectShape("conv1d", "bias", bias, [weight.shape[0]]);
  const left = Math.floor(border / 2);
  const padded: tf.Tensor3D =
    border === 0
      ? x
      : tf.pad3d(x, [
          [0, 0],
          [left, border - left],
          [0, 0],
        ]);
  if (hasFused(CONV1D)) {
    const hasBias = bias !== undefined;
    const inputs = hasBias ? { x: padded, weight, bias } : { x: padded, weight };
    return runFused(CONV1D, inputs, { hasBias })[0] as tf.Tensor3D;
  }
  const product = shiftedProducts(padded, weight);
  return bias === undefined ? product : tf.add(product, bias);
}

/** Σ over taps of the positions that meet the tap, times its [in, out] weights. */
function shiftedProducts(x: tf.Tensor3D, weight: tf.Tensor3D): tf.Tensor3D {
  const [batch, length, width] = x.shape;
  const [out, , kernel] = weight.shape;
  const positions = length - kernel + 1;
  const taps = tf.transpose(weight, [2, 1, 0]); // [kernel, in, out]
  const products = Array.from({ length: kernel }, (_, tap) => {
    const rows = tf.reshape(tf.slice3d(x, [0, tap, 0], [batch, positions, width]), [
      batch * positions,
      width,
    ]);
    const tapWeight = tf.reshape(tf.slice3d(taps, [tap, 0, 0], [1, width, out]), [width, out]);
    return tf.matMul(rows, tapWeight);
  });
  return tf.reshape(
    products.reduce((sum, product) => tf.add(sum, product)),
    [batch, positions, out],
  );
}

/** @param border zeros around the positions of a sequence */
function expectFit(
  { shape: [, positions, width] }: tf.Tensor3D,
  { shape }: tf.Tensor3D,
  border: number,
): void {
  const [, weightWidth, kernel] = shape;
  const length = positions + border;
  if (weightWidth === width && kernel >= 1 && kernel <= length) return;
  throw new ShapeError(
    `conv1d: expected a weight [out, ${width}, kernel] with a kernel of 1 … ${length}, the positions of x with ` +
      `its padding, got ${formatShape(shape)}`,
  );
}
