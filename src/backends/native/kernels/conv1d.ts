import { CONV1D, CONV1D_INPUT_GRAD, CONV1D_WEIGHT_GRAD } from "../../../tensor/fused/conv1d.ts";
import { expectShape } from "../../../tensor/expect-shape.ts";
import { input, type NativeKernel } from "../kernel.ts";

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

const inputGradient: NativeKernel = {
  name: CONV1D_INPUT_GRAD,
  run: (call) => {
    const { backend } = call;
    const [weight, dy] = [input(call, "weight"), input(call, "dy")];
    const shape = expectShape(CONV1D_INPUT_GRAD, "weight", weight, ["out", "in", "kernel"]);
    const [out, inWidth, kernel] = shape as Three;
    const sizes = expectShape(CONV1D_INPUT_GRAD, "dy", dy, ["batch", "positions", out]);
    const [batch, positions] = sizes as Three;
    const length = positions + kernel - 1;
    const dx = backend.output([batch, length, inWidth]);
    backend.binding.conv1dInputGradient(
      batch,
      length,
      inWidth,
      out,
      kernel,
      backend.floats(weight),
      backend.floats(dy),
      backend.floats(dx),
      backend.isBf16,
    );
    return dx;
  },
};

const weightGradient: NativeKernel = {
  name: CONV1D_WEIGHT_GRAD,
  run: (call) => {
    const { backend } = call;
    const [x, dy] = [input(call, "x"), input(call, "dy")];
    const shape = expectShape(CONV1D_WEIGHT_GRAD, "x", x, ["batch", "length", "in"]);
    const [batch, length, inWidth] = shape as Three;
    const sizes = expectShape(CONV1D_WEIGHT_GRAD, "dy", dy, [batch, "positions", "out"]);
    const [, positions, out] = sizes as Three;
    const kernel = length - positions + 1;
    const dWeight = backend.output([out, inWidth, kernel]);
    backend.binding.conv1dWeightGradient(
      batch,
      length,
      inWidth,
      out,
      kernel,
      backend.floats(x),
      backend.floats(dy),
      backend.floats(dWeight),
      backend.isBf16,
    );
    return dWeight;
  },
};

export const CONVOLUTIONS: readonly NativeKernel[] = [conv1d, inputGradient, weightGradient];
