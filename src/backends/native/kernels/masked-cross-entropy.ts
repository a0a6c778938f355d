import { expectShape } from "../../../tensor/expect-shape.ts";
import {
  MASKED_CROSS_ENTROPY,
  MASKED_CROSS_ENTROPY_BACKWARD,
} from "../../../tensor/fused/masked-cross-entropy.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";

const forward: NativeKernel = {
  name: MASKED_CROSS_ENTROPY,
  run: (call) => {
    const { backend } = call;
    const { rows, classes, logits, x0, weight } = operands(call, MASKED_CROSS_ENTROPY);
    const loss = backend.output([]);
    backend.binding.maskedCrossEntropyForward(
      rows,
      classes,
      logits,
      x0,
      weight,
      backend.floats(loss),
    );
    return loss;
  },
};

const backward: NativeKernel = {
  name: MASKED_CROSS_ENTROPY_BACKWARD,
  run: (call) => {
    const { backend } = call;
    const { rows, classes, logits, x0, weight } = operands(call, MASKED_CROSS_ENTROPY_BACKWARD);
    const dy = input(call, "dy");
    expectShape(MASKED_CROSS_ENTROPY_BACKWARD, "dy", dy, []);
    const dLogits = backend.output([rows, classes]);
    backend.binding.maskedCrossEntropyBackward(
      rows,
      classes,
      logits,
      x0,
      weight,
      backend.floats(dy),
      backend.floats(dLogits),
    );
    return dLogits;
  },
};

export const CROSS_ENTROPIES: readonly NativeKernel[] = [forward, backward];

interface Operands {
  readonly rows: number;
  readonly classes: number;
  readonly logits: Float32Array;
  readonly x0: Int32Array;
  readonly weight: Float32Array;
}

function operands(call: NativeKernelCall, name: string): Operands {
  const { backend } = call;
  const logits = input(call, "logits");
  const x0 = input(call, "x0");
  const weight = input(call, "weight");
  const [rows = 0, classes = 0] = expectShape(name, "logits", logits, ["rows", "classes"]);
  expectShape(name, "x0", x0, [rows]);
  expectShape(name, "weight", weight, [rows]);
  return {
    rows,
    classes,
    logits: backend.floats(logits),
    x0: backend.ints(x0),
    weight: backend.floats(weight),
  };
}
