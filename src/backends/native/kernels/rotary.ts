import { ROTARY } from "../../../tensor/fused/rotary.ts";
import { input, type NativeKernel } from "../kernel.ts";

export const rotary: NativeKernel = {
  name: ROTARY,
  run: (call) => {
    const { backend, attrs } = call;
    const x = input(call, "x");
    const [batch, heads, length, headWidth] = x.shape as [number, number, number, number];
    const out = backend.output(x.shape);
    backend.binding.rotary(
      batch * heads * length,
      length,
      headWidth,
      backend.floats(x),
      backend.floats(input(call, "cos")),
      backend.floats(input(call, "sin")),
      backend.floats(out),
      attrs.isBack === true,
    );
    return out;
  },
};
