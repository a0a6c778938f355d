import { MLP_SUBLAYER, MLP_SUBLAYER_GRAD } from "../../../tensor/fused/mlp-sublayer.ts";
import type { MlpSizes, MlpWeights } from "../bindings/mlp.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";

const WEIGHTS = ["gain", "up", "upBias", "down", "downBias"] as const;

function sizesOf(call: NativeKernelCall): MlpSizes {
  const [rows, width] = input(call, "x").shape as [number, number];
  const [hidden] = input(call, "up").shape as [number];
  return [rows, width, hidden, call.attrs.epsilon as number, call.backend.isBf16];
}

function weightsOf(call: NativeKernelCall): MlpWeights {
  return WEIGHTS.map((name) => call.backend.floats(input(call, name))) as MlpWeights;
}

const mlpSublayer: NativeKernel = {
  name: MLP_SUBLAYER,
  run: (call) => {
    const { backend, attrs } = call;
    const sizes = sizesOf(call);
    const x = input(call, "x");
    const y = backend.output(x.shape);
    const kept =
      attrs.keep === true ? backend.opaque(backend.binding.mlpKeptBytes(...sizes)) : undefined;
    backend.binding.mlpForward(
      ...sizes,
      ...weightsOf(call),
      backend.floats(x),
      backend.floats(y),
      kept && backend.ints(kept),
    );
    return kept === undefined ? [y] : [y, kept];
  },
};

const mlpSublayerGrad: NativeKernel = {
  name: MLP_SUBLAYER_GRAD,
  run: (call) => {
    const { backend } = call;
    const grads = ["x", ...WEIGHTS].map((name) => backend.output(input(call, name).shape));
    const [dx, ...dWeights] = grads.map((info) => backend.floats(info)) as [
      Float32Array,
      ...MlpWeights,
    ];
    backend.binding.mlpBackward(
      ...sizesOf(call),
      ...weightsOf(call),
      backend.floats(input(call, "x")),
      backend.ints(input(call, "kept")),
      backend.floats(input(call, "dy")),
      dx,
      ...dWeights,
    );
    return grads;
  },
};

export const MLP_SUBLAYERS: readonly NativeKernel[] = [mlpSublayer, mlpSublayerGrad];
