/** Layer and root mean square normalisation. */

import { expectShape } from "../../../tensor/expect-shape.ts";
import { LAYER_NORM, LAYER_NORM_BACKWARD } from "../../../tensor/fused/layer-norm.ts";
import { RMS_NORM, RMS_NORM_BACKWARD } from "../../../tensor/fused/rms-norm.ts";
import type { NormBinding } from "../bindings/norm.ts";
import { input, type NativeKernel } from "../kernel.ts";

export const NORMS: readonly NativeKernel[] = [
  forward(LAYER_NORM, "layerNormForward"),
  backward(LAYER_NORM_BACKWARD, "layerNormBackward"),
  forward(RMS_NORM, "rmsNormForward"),
  backward(RMS_NORM_BACKWARD, "rmsNormBackward"),
];

function forward(
  name: string,
  call: keyof Pick<NormBinding, "layerNormForward" | "rmsNormForward">,
): NativeKernel {
  return {
    name,
    run: (asked) => {
      const { backend, attrs } = asked;
      const x = input(asked, "x");
      const gain = input(asked, "gain");
      const [rows = 0, width = 0] = expectShape(name, "x", x, ["rows", "width"]);
      expectShape(name, "gain", gain, [width]);
      const out = backend.output(x.shape);
      backend.binding[call](
        rows,
        width,
        backend.floats(x),
        backend.floats(gain),
        backend.floats(out),
        attrs.epsilon as number,
      );
      return out;
    },
  };
}

function backward(
  name: string,
  call: keyof Pick<NormBinding, "layerNormBackward" | "rmsNormBackward">,
): NativeKernel {
  return {
    name,
    run: (asked) => {
      const { backend, attrs } = asked;
      const x = input(asked, "x");
      const gain = input(asked, "gain");
      const dy = input(asked, "dy");
      const [rows = 0, width = 0] = expectShape(name, "x", x, ["rows", "width"]);
      expectShape(name, "gain", gain, [width]);
      expectShape(name, "dy", dy, [rows, width]);
      const dx = backend.output(x.shape);
      const dGain = backend.output(gain.shape);
      backend.binding[call](
        rows,
        width,
        backend.floats(x),
        backend.floats(gain),
        backend.floats(dy),
        backend.floats(dx),
        backend.floats(dGain),
        attrs.epsilon as number,
      );
      return [dx, dGain];
    },
  };
}
