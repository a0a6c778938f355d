/** Layer normalisation, a workgroup a row; of its gradient only the mean and the scale of each row are kept. */

import { LAYER_NORM, LAYER_NORM_BACKWARD } from "../../../tensor/fused/layer-norm.ts";
import type { tf } from "../../../tensor/tf.ts";
import { LANES, run, SUM_OVER_GROUP, shaped } from "../program.ts";
import { input, type WebGpuKernel, type WebGpuKernelCall } from "./kernel.ts";

/** Rows whose share of the gain's gradient one thread adds up. */
const ROWS = 64;

/** WGSL: a surplus workgroup goes through the last row too, since all lanes meet at barriers, and must write nothing. */
const ROW_AND_LANE = `let row = min(index / ${LANES}, uniforms.rows - 1);
  let lane = i32(localId.x);
  let isSurplus = index / ${LANES} >= uniforms.rows;`;

/** WGSL: mean and 1 / √(variance + ε) of the workgroup's row, in two passes as the composite. */
const MEAN_AND_SCALE = `${SUM_OVER_GROUP}
  fn meanAndScale(row : i32, lane : i32) -> vec2<f32> {
    let width = uniforms.width;
    var sum = 0.0;
    for (var c = lane; c < width; c = c + ${LANES}) { sum = sum + x[row * width + c]; }
    let mean = sumOverGroup(lane, sum) / f32(width);
    var squares = 0.0;
    for (var c = lane; c < width; c = c + ${LANES}) {
      let centred = x[row * width + c] - mean;
      squares = squares + centred * centred;
    }
    return vec2<f32>(mean, inverseSqrt(sumOverGroup(lane, squares) / f32(width) + uniforms.epsilon));
  }
`;

export const WEBGPU_LAYER_NORM: WebGpuKernel = {
  name: LAYER_NORM,
  run(call) {
    const { x, rows, width, epsilon } = rowsOf(call);
    const y = run(call.runner, {
      name: "gdiffLayerNorm",
      inputs: { x, gain: input(call, "gain") },
      ...{ size: rows * width, threads: rows * LANES },
      ...{ integers: { rows, width }, floats: { epsilon } },
      code: `${MEAN_AND_SCALE}
        fn main(index : i32) {
          ${ROW_AND_LANE}
          let known = meanAndScale(row, lane);
          if (isSurplus) { return; }
          for (var c = lane; c < uniforms.width; c = c + ${LANES}) {
            let at = row * uniforms.width + c;
            result[at] = (x[at] - known.x) * known.y * gain[c];
          }
        }`,
    });
    return [shaped(y, x.shape)];
  },
};

export const WEBGPU_LAYER_NORM_BACKWARD: WebGpuKernel = {
  name: LAYER_NORM_BACKWARD,
  run(call) {
    const { x } = rowsOf(call);
    const statistics = statisticsOf(call);
    const dx = inputGradient(call, statistics);
    const dGain = gainGradient(call, statistics);
    call.runner.disposeData(statistics.dataId);
    return [shaped(dx, x.shape), dGain];
  },
};

/** [rows, 2]: mean and scale. */
function statisticsOf(call: WebGpuKernelCall): tf.TensorInfo {
  const { x, rows, width, epsilon } = rowsOf(call);
  return run(call.runner, {
    name: "gdiffLayerNormStatistics",
    inputs: { x },
    ...{ size: 2 * rows, threads: rows * LANES },
    ...{ integers: { rows, width }, floats: { epsilon } },
    code: `${MEAN_AND_SCALE}
      fn main(index : i32) {
        ${ROW_AND_LANE}
        let known = meanAndScale(row, lane);
        if (lane == 0 && !isSurplus) {
          result[2 * row] = known.x;
          result[2 * row + 1] = known.y;
        }
      }`,
  });
}

/** scale · (g − mean(g) − x̂ · mean(g · x̂)) with g = dy · gain. */
function inputGradient(call: WebGpuKernelCall, statistics: tf.TensorInfo): tf.TensorInfo {
  const { x, rows, width } = rowsOf(call);
  return run(call.runner, {
    name: "gdiffLayerNormInputGradient",
    inputs: { x, gain: input(call, "gain"), dy: input(call, "dy"), statistics },
    ...{ size: rows * width, threads: rows * LANES },
    integers: { rows, width },
    code: `${SUM_OVER_GROUP}
      fn main(index : i32) {
        ${ROW_AND_LANE}
        let width = uniforms.width;
        let mean = statistics[2 * row];
        let scale = statistics[2 * row + 1];
        var sum = 0.0;
        var products = 0.0;
        for (var c = lane; c < width; c = c + ${LANES}) {
          let at = row * width + c;
          let g = dy[at] * gain[c];
          sum = sum + g;
          products = products + g * (x[at] - mean) * scale;
        }
        let meanG = sumOverGroup(lane, sum) / f32(width);
        let meanProduct = sumOverGroup(lane, products) / f32(width);
        if (isSurplus) { return; }
        for (var c = lane; c < width; c = c + ${LANES}) {
          let at = row * width + c;
          let normed = (x[at] - mean) * scale;
          result[at] = scale * (dy[at] * gain[c] - meanG - normed * meanProduct);
        }
      }`,
  });
}

/** Σ over rows of dy · x̂: first over ROWS of them each, then over those sums. */
function gainGradient(call: WebGpuKernelCall, statistics: tf.TensorInfo): tf.TensorInfo {
  const { x, rows, width } = rowsOf(call);
  const parts = Math.ceil(rows / ROWS);
  const partials = run(call.runner, {
    name: "gdiffLayerNormGainPartials",
    inputs: { x, dy: input(call, "dy"), statistics },
    ...{ size: parts * width, threads: parts * width },
    integers: { rows, width, count: parts * width },
    code: `
      fn main(index : i32) {
        if (index >= uniforms.count) { return; }
        let c = index % uniforms.width;
        let first = (index / uniforms.width) * ${ROWS};
        let end = min(first + ${ROWS}, uniforms.rows);
        var sum = 0.0;
        for (var row = first; row < end; row = row + 1) {
          let at = row * uniforms.width + c;
          sum = sum + dy[at] * (x[at] - statistics[2 * row]) * statistics[2 * row + 1];
        }
        result[index] = sum;
      }`,
  });
  const dGain = run(call.runner, {
    name: "gdiffSumOverRows",
    inputs: { partials },
    ...{ size: width, threads: width },
    integers: { parts, width },
    code: `
      fn main(index : i32) {
        if (index >= uniforms.width) { return; }
        var sum = 0.0;
        for (var part = 0; part < uniforms.parts; part = part + 1) {
          sum = sum + partials[part * uniforms.width + index];
        }
        result[index] = sum;
      }`,
  });
  call.runner.disposeData(partials.dataId);
  return dGain;
}

interface Rows {
  readonly x: tf.TensorInfo;
  readonly rows: number;
  readonly width: number;
  readonly epsilon: number;
}

function rowsOf(call: WebGpuKernelCall): Rows {
  const x = input(call, "x");
  const [rows, width] = x.shape as [number, number];
  return { x, rows, width, epsilon: Number(call.attrs.epsilon) };
}
