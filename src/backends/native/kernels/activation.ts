/** GELU and the SiLU gate. */

import { expectShape } from "../../../tensor/expect-shape.ts";
import { GELU, GELU_BACKWARD } from "../../../tensor/fused/gelu.ts";
import { SILU_GATE, SILU_GATE_BACKWARD } from "../../../tensor/fused/silu-gate.ts";
import { tf } from "../../../tensor/tf.ts";
import { input, type NativeKernel } from "../kernel.ts";

const gelu: NativeKernel = {
  name: GELU,
  run: (call) => {
    const { backend } = call;
    const x = input(call, "x");
    const out = backend.output(x.shape);
    backend.binding.geluForward(count(x), backend.floats(x), backend.floats(out));
    return out;
  },
};

const geluBackward: NativeKernel = {
  name: GELU_BACKWARD,
  run: (call) => {
    const { backend } = call;
    const x = input(call, "x");
    const dy = input(call, "dy");
    expectShape(GELU_BACKWARD, "dy", dy, x.shape);
    const dx = backend.output(x.shape);
    backend.binding.geluBackward(
      count(x),
      backend.floats(x),
      backend.floats(dy),
      backend.floats(dx),
    );
    return dx;
  },
};

const siluGate: NativeKernel = {
  name: SILU_GATE,
  run: (call) => {
    const { backend } = call;
    const a = input(call, "a");
    const b = input(call, "b");
    expectShape(SILU_GATE, "b", b, a.shape);
    const out = backend.output(a.shape);
    backend.binding.siluGateForward(
      count(a),
      backend.floats(a),
      backend.floats(b),
      backend.floats(out),
    );
    return out;
  },
};

const siluGateBackward: NativeKernel = {
  name: SILU_GATE_BACKWARD,
  run: (call) => {
    const { backend } = call;
    const a = input(call, "a");
    const b = input(call, "b");
    const dy = input(call, "dy");
    expectShape(SILU_GATE_BACKWARD, "b", b, a.shape);
    expectShape(SILU_GATE_BACKWARD, "dy", dy, a.shape);
    const da = backend.output(a.shape);
    const db = backend.output(a.shape);
    backend.binding.siluGateBackward(
      count(a),
      backend.floats(a),
      backend.floats(b),
      backend.floats(dy),
      backend.floats(da),
      backend.floats(db),
    );
    return [da, db];
  },
};

export const ACTIVATIONS: readonly NativeKernel[] = [
  gelu,
  geluBackward,
  siluGate,
  siluGateBackward,
];

function count({ shape }: tf.TensorInfo): number {
  return tf.util.sizeFromShape(shape);
}
