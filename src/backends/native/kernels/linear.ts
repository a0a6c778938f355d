import { expectShape } from "../../../tensor/expect-shape.ts";
import { LINEAR, LINEAR_GRAD } from "../../../tensor/fused/linear.ts";
import type { tf } from "../../../tensor/tf.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";

interface Sizes {
  readonly x: tf.TensorInfo;
  readonly weight: tf.TensorInfo;
  readonly rows: number;
  readonly inWidth: number;
  readonly outWidth: number;
}

function sizesOf(kernel: string, call: NativeKernelCall): Sizes {
  const [x, weight] = [input(call, "x"), input(call, "weight")];
  const [rows, inWidth] = expectShape(kernel, "x", x, ["rows", "in"]) as [number, number];
  const [outWidth] = expectShape(kernel, "weight", weight, ["out", inWidth]) as [number];
  return { x, weight, rows, inWidth, outWidth };
}

const linear: NativeKernel = {
  name: LINEAR,
  run: (call) => {
    const { backend, attrs } = call;
    const { x, weight, rows, inWidth, outWidth } = sizesOf(LINEAR, call);
    const bias = attrs.hasBias === true ? input(call, "bias") : undefined;
    if (bias !== undefined) expectShape(LINEAR, "bias", bias, [outWidth]);
    const out = backend.output([rows, outWidth]);
    backend.binding.gemm(
      1,
      rows,
      outWidth,
      inWidth,
      undefined,
      undefined,
      backend.floats(x),
      false,
      backend.floats(weight),
      true,
      bias && backend.floats(bias),
      false,
      backend.floats(out),
      backend.isBf16,
    );
    return out;
  },
};

const linearGrad: NativeKernel = {
  name: LINEAR_GRAD,
  run: (call) => {
    const { backend, attrs } = call;
    const { x, weight, rows, inWidth, outWidth } = sizesOf(LINEAR_GRAD, call);
    const dy = input(call, "dy");
    expectShape(LINEAR_GRAD, "dy", dy, [rows, outWidth]);
    const grads = [
      backend.output(x.shape),
      backend.output(weight.shape),
      ...(attrs.hasBias === true ? [backend.output([outWidth])] : []),
    ];
    const [dx, dWeight, dBias] = grads.map((grad) => backend.floats(grad));
    backend.binding.linearBackward(
      rows,
      inWidth,
      outWidth,
      backend.floats(x),
      backend.floats(weight),
      backend.floats(dy),
      dx,
      dWeight,
      dBias,
      backend.isBf16,
    );
    return grads;
  },
};

export const LINEARS: readonly NativeKernel[] = [linear, linearGrad];
