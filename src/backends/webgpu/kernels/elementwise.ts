/** Programs that make each number of their output from those at the same place. */

import { GELU, GELU_BACKWARD } from "../../../tensor/fused/gelu.ts";
import { ROTARY } from "../../../tensor/fused/rotary.ts";
import type { tf } from "../../../tensor/tf.ts";
import { type Program, type ProgramRunner, run, shaped, sizeOf } from "../program.ts";
import { input, type WebGpuKernel } from "./kernel.ts";

interface Elementwise extends Pick<Program, "name" | "inputs" | "integers" | "floats"> {
  /** Functions that the value calls. */
  readonly functions?: string;
  /** WGSL of the output at `index`. */
  readonly value: string;
}

/** Runs one; the output has the first input's shape. */
export function elementwise(runner: ProgramRunner, program: Elementwise): tf.TensorInfo {
  const { name, inputs, integers, floats = {}, functions = "", value } = program;
  const [first] = Object.values(inputs) as [tf.TensorInfo];
  const size = sizeOf(first);
  const result = run(runner, {
    ...{ name, inputs, floats, size, threads: size },
    integers: { ...integers, count: size },
    code: `${functions}
      fn main(index : i32) { if (index < uniforms.count) { result[index] = ${value}; } }`,
  });
  return shaped(result, first.shape);
}

/** WGSL: 2 √(2/π), and the cubic's share of it, as ops/gelu.ts has them. */
const GELU_FUNCTIONS = `
  const FACTOR = ${2 * Math.sqrt(2 / Math.PI)};
  const CUBIC = ${0.044715 * 2 * Math.sqrt(2 / Math.PI)};
  fn sigmoid(z : f32) -> f32 { return 1.0 / (1.0 + exp(-z)); }
`;

export const WEBGPU_GELU: WebGpuKernel = {
  name: GELU,
  run: (call) => [
    elementwise(call.runner, {
      name: "gdiffGelu",
      inputs: { x: input(call, "x") },
      functions: `${GELU_FUNCTIONS}
        fn gelu(v : f32) -> f32 { return v * sigmoid(v * (FACTOR + CUBIC * v * v)); }`,
      value: "gelu(x[index])",
    }),
  ],
};

export const WEBGPU_GELU_BACKWARD: WebGpuKernel = {
  name: GELU_BACKWARD,
  run: (call) => [
    elementwise(call.runner, {
      name: "gdiffGeluGradient",
      inputs: { x: input(call, "x"), dy: input(call, "dy") },
      functions: `${GELU_FUNCTIONS}
        fn slope(v : f32) -> f32 {
          let share = sigmoid(v * (FACTOR + CUBIC * v * v));
          return share + v * share * (1.0 - share) * (FACTOR + 3.0 * CUBIC * v * v);
        }`,
      value: "dy[index] * slope(x[index])",
    }),
  ],
};

/** (a, b) ↦ (a cos − b sin, b cos + a sin) on the halves of each row; turned back, the signs of both sines change. */
export const WEBGPU_ROTARY: WebGpuKernel = {
  name: ROTARY,
  run: (call) => {
    const x = input(call, "x");
    const [, , length, headWidth] = x.shape as [number, number, number, number];
    return [
      elementwise(call.runner, {
        name: "gdiffRotary",
        inputs: { x, cosines: input(call, "cos"), sines: input(call, "sin") },
        integers: { table: length * headWidth, headWidth },
        floats: { sign: call.attrs.isBack === true ? -1 : 1 },
        functions: `
          fn rotated(index : i32) -> f32 {
            let half = uniforms.headWidth / 2;
            let isFirst = index % uniforms.headWidth < half;
            let partner = x[select(index - half, index + half, isFirst)];
            let at = index % uniforms.table;
            let turn = uniforms.sign * select(1.0, -1.0, isFirst) * sines[at];
            return x[index] * cosines[at] + partner * turn;
          }`,
        value: "rotated(index)",
      }),
    ];
  },
};
