/** The weighted cross-entropy of a few classes, a thread a row. */

import {
  MASKED_CROSS_ENTROPY,
  MASKED_CROSS_ENTROPY_BACKWARD,
} from "../../../tensor/fused/masked-cross-entropy.ts";
import type { tf } from "../../../tensor/tf.ts";
import { run, shaped } from "../program.ts";
import { input, type WebGpuKernel, type WebGpuKernelCall } from "./kernel.ts";
import { total } from "./sum.ts";

/** WGSL: log Σ exp of the row's logits. */
const LOG_SUM = `
  fn logSum(row : i32) -> f32 {
    let first = row * uniforms.classes;
    var most = logits[first];
    for (var c = 1; c < uniforms.classes; c = c + 1) { most = max(most, logits[first + c]); }
    var sum = 0.0;
    for (var c = 0; c < uniforms.classes; c = c + 1) { sum = sum + exp(logits[first + c] - most); }
    return most + log(sum);
  }
`;

export const WEBGPU_MASKED_CROSS_ENTROPY: WebGpuKernel = {
  name: MASKED_CROSS_ENTROPY,
  run(call) {
    const { logits, x0, weight, rows, classes } = partsOf(call);
    // Every class is counted, with 0 where it is not the row's: a logit that is not finite shows even unscored.
    const nats = run(call.runner, {
      name: "gdiffCrossEntropyRows",
      inputs: { logits, x0, weight },
      ...{ size: rows, threads: rows },
      integers: { rows, classes },
      code: `${LOG_SUM}
        fn main(index : i32) {
          if (index >= uniforms.rows) { return; }
          let all = logSum(index);
          var sum = 0.0;
          for (var c = 0; c < uniforms.classes; c = c + 1) {
            let share = select(0.0, weight[index], c == x0[index]);
            sum = sum + share * (all - logits[index * uniforms.classes + c]);
          }
          result[index] = sum;
        }`,
    });
    const sum = total(call.runner, nats, false);
    call.runner.disposeData(nats.dataId);
    return [sum];
  },
};

export const WEBGPU_MASKED_CROSS_ENTROPY_BACKWARD: WebGpuKernel = {
  name: MASKED_CROSS_ENTROPY_BACKWARD,
  run(call) {
    const { logits, x0, weight, rows, classes } = partsOf(call);
    const gradient = run(call.runner, {
      name: "gdiffCrossEntropyGradient",
      inputs: { logits, x0, weight, dy: input(call, "dy") },
      ...{ size: rows * classes, threads: rows },
      integers: { rows, classes },
      code: `${LOG_SUM}
        fn main(index : i32) {
          if (index >= uniforms.rows) { return; }
          let all = logSum(index);
          let own = x0[index];
          let isClass = own >= 0 && own < uniforms.classes;
          let factor = select(0.0, dy[0] * weight[index], isClass);
          for (var c = 0; c < uniforms.classes; c = c + 1) {
            let at = index * uniforms.classes + c;
            result[at] = factor * (exp(logits[at] - all) - select(0.0, 1.0, c == own));
          }
        }`,
    });
    return [shaped(gradient, logits.shape)];
  },
};

interface Parts {
  readonly logits: tf.TensorInfo;
  readonly x0: tf.TensorInfo;
  readonly weight: tf.TensorInfo;
  readonly rows: number;
  readonly classes: number;
}

function partsOf(call: WebGpuKernelCall): Parts {
  const logits = input(call, "logits");
  const [rows, classes] = logits.shape as [number, number];
  return { logits, x0: input(call, "x0"), weight: input(call, "weight"), rows, classes };
}
