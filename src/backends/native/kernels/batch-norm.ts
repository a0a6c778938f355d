import { expectShape } from "../../../tensor/expect-shape.ts";
import { BATCH_NORM, BATCH_NORM_BACKWARD } from "../../../tensor/fused/batch-norm.ts";
import { input, type NativeKernel } from "../kernel.ts";

const batchNorm: NativeKernel = {
  name: BATCH_NORM,
  run: (call) => {
    const { backend, attrs } = call;
    const [x, gain, bias] = [input(call, "x"), input(call, "gain"), input(call, "bias")];
    const [rows = 0, channels = 0] = expectShape(BATCH_NORM, "x", x, ["rows", "channels"]);
    expectShape(BATCH_NORM, "gain", gain, [channels]);
    expectShape(BATCH_NORM, "bias", bias, [channels]);
    const y = backend.output(x.shape);
    const [mean, variance] = [backend.output([channels]), backend.output([channels])];
    backend.binding.batchNormForward(
      rows,
      channels,
      backend.floats(x),
      backend.floats(gain),
      backend.floats(bias),
      backend.floats(y),
      backend.floats(mean),
      backend.floats(variance),
      attrs.epsilon as number,
    );
    return [y, mean, variance];
  },
};

const batchNormBackward: NativeKernel = {
  name: BATCH_NORM_BACKWARD,
  run: (call) => {
    const { backend, attrs } = call;
    const [x, dy] = [input(call, "x"), input(call, "dy")];
    const [rows = 0, channels = 0] = expectShape(BATCH_NORM_BACKWARD, "x", x, ["rows", "channels"]);
    expectShape(BATCH_NORM_BACKWARD, "dy", dy, [rows, channels]);
    const [gain, mean, variance] = ["gain", "mean", "variance"].map((name) => {
      const found = input(call, name);
      expectShape(BATCH_NORM_BACKWARD, name, found, [channels]);
      return backend.floats(found);
    }) as [Float32Array, Float32Array, Float32Array];
    const dx = backend.output(x.shape);
    const [dGain, dBias] = [backend.output([channels]), backend.output([channels])];
    backend.binding.batchNormBackward(
      rows,
      channels,
      backend.floats(x),
      gain,
      mean,
      variance,
      backend.floats(dy),
      backend.floats(dx),
      backend.floats(dGain),
      backend.floats(dBias),
      attrs.epsilon as number,
    );
    return [dx, dGain, dBias];
  },
};

export const BATCH_NORMS: readonly NativeKernel[] = [batchNorm, batchNormBackward];
