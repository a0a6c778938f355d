import { LAYER_NORM } from "../../../tensor/fused/layer-norm.ts";
import { input, type NativeKernel } from "../kernel.ts";

export const layerNorm: NativeKernel = {
  name: LAYER_NORM,
  run: (call) => {
    const { backend, attrs } = call;
    const x = input(call, "x");
    const [rows, width] = x.shape as [number, number];
    const out = backend.output(x.shape);
    backend.binding.layerNormForward(
      rows,
      width,
      backend.floats(x),
      backend.floats(input(call, "gain")),
      backend.floats(out),
      attrs.epsilon as number,
    );
    return out;
  },
};
