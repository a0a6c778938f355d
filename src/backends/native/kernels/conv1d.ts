import { expectShape } from "../../../tensor/expect-shape.ts";
import { CONV1D, CONV1D_INPUT_GRAD, CONV1D_WEIGHT_GRAD } from "../../../tensor/fused/conv1d.ts";
import type { tf } from "../../../tensor/tf.ts";
import type { Conv1dBinding } from "../bindings/conv1d.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";

type Three = [number, number, number];

const conv1d: NativeKernel = {
  name: CONV1D,
  run: (call) => {
    const { backend, attrs } = call;
    const [x, weight] = [input(call, "x"), input(call, "weight")];
    const [batch, length, inWidth] = expectShape(CONV1D, "x", x, [
      "batch",
      "length",
      "in",
    ]) as Three;
    const [out, , kernel] = expectShape(CONV1D, "weight", weight, [
      "out",
      inWidth,
      "kernel",
    ]) as Three;
    const bias = attrs.hasBias === true ? input(call, "bias") : undefined;
    if (bias !== undefined) expectShape(CONV1D, "bias", bias, [out]);
    const y = backend.output([batch, length - kernel + 1, out]);
    backend.binding.conv1dForward(
      batch,
      length,
      inWidth,
      out,
      kernel,
      backend.floats(x),
      backend.floats(weight),
      bias && backend.floats(bias),
      backend.floats(y),
      backend.isBf16,
    );
    return y;
  },
};

/** batch, length, in, out, kernel */
type Sizes = readonly [number, number, number, number, number];

/** Both gradients: of `shape`, by the other factor of the products and dy. */
function gradient(
  { backend }: NativeKernelCall,
  run: Conv1dBinding["conv1dInputGradient"],
  sizes: Sizes,
  [factor, dy]: readonly [tf.TensorInfo, tf.TensorInfo],
  shape: readonly number[],
): tf.TensorInfo {
  const out = backend.output(shape);
  run(...sizes, backend.floats(factor), backend.floats(dy), backend.floats(out), backend.isBf16);
  return out;
}

const inputGradient: NativeKernel = {
  name: CONV1D_INPUT_GRAD,
  run: (call) => {
    const [weight, dy] = [input(call, "weight"), input(call, "dy")];
    const ofWeight = expectShape(CONV1D_INPUT_GRAD, "weight", weight, ["out", "in", "kernel"]);
    const [out, width, kernel] = ofWeight as Three;
    const ofDy = expectShape(CONV1D_INPUT_GRAD, "dy", dy, ["batch", "positions", out]);
    const [batch, positions] = ofDy as Three;
    const length = positions + kernel - 1;
    const { conv1dInputGradient } = call.backend.binding;
    const sizes: Sizes = [batch, length, width, out, kernel];
    return gradient(call, conv1dInputGradient, sizes, [weight, dy], [batch, length, width]);
  },
};

const weightGradient: NativeKernel = {
  name: CONV1D_WEIGHT_GRAD,
  run: (call) => {
    const [x, dy] = [input(call, "x"), input(call, "dy")];
    const ofX = expectShape(CONV1D_WEIGHT_GRAD, "x", x, ["batch", "length", "in"]);
    const [batch, length, width] = ofX as Three;
    const ofDy = expectShape(CONV1D_WEIGHT_GRAD, "dy", dy, [batch, "positions", "out"]);
    const [, positions, out] = ofDy as Three;
    const kernel = length - positions + 1;
    const { conv1dWeightGradient } = call.backend.binding;
    const sizes: Sizes = [batch, length, width, out, kernel];
    return gradient(call, conv1dWeightGradient, sizes, [x, dy], [out, width, kernel]);
  },
};

export const CONVOLUTIONS: readonly NativeKernel[] = [conv1d, inputGradient, weightGradient];
