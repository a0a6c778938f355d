/** Sums of many numbers, in an order that only their number decides. */

import type { tf } from "../../../tensor/tf.ts";
import { LANES, type ProgramRunner, run, SUM_OVER_GROUP, shaped, sizeOf } from "../program.ts";

/** Numbers that a workgroup adds; more of them are added by more workgroups, and those sums by one. */
const SPAN = 4_096;

/** How many numbers sumsOfSquares leaves of so many. */
function partialCount(size: number): number {
  return Math.ceil(size / SPAN);
}

/** Writes Σ x² of each SPAN numbers to `into` from `at` on. */
function sumsOfSquares(
  runner: ProgramRunner,
  x: tf.TensorInfo,
  into: tf.TensorInfo,
  at: number,
): void {
  const size = sizeOf(x);
  run(runner, {
    name: "gdiffSumsOfSquares",
    inputs: { x },
    ...{ size: sizeOf(into), threads: partialCount(size) * LANES, into },
    integers: { count: size, at },
    code: `${SUM_OVER_GROUP}
      fn main(index : i32) {
        let group = index / ${LANES};
        let lane = i32(localId.x);
        let end = min((group + 1) * ${SPAN}, uniforms.count);
        var sum = 0.0;
        for (var i = group * ${SPAN} + lane; i < end; i = i + ${LANES}) { sum = sum + x[i] * x[i]; }
        let total = sumOverGroup(lane, sum);
        if (lane == 0 && group * ${SPAN} < uniforms.count) { result[uniforms.at + group] = total; }
      }`,
  });
}

/** Returns Σ x, or its square root, as a scalar. */
export function total(runner: ProgramRunner, x: tf.TensorInfo, root: boolean): tf.TensorInfo {
  const sum = run(runner, {
    name: root ? "gdiffRootOfSum" : "gdiffSum",
    inputs: { x },
    ...{ size: 1, threads: LANES },
    integers: { count: sizeOf(x) },
    code: `${SUM_OVER_GROUP}
      fn main(index : i32) {
        let lane = i32(localId.x);
        var sum = 0.0;
        for (var i = lane; i < uniforms.count; i = i + ${LANES}) { sum = sum + x[i]; }
        let total = sumOverGroup(lane, sum);
        if (index == 0) { result[0] = ${root ? "sqrt(total)" : "total"}; }
      }`,
  });
  return shaped(sum, []);
}

/** Returns the Euclidean norm of all tensors together, a scalar. */
export function norm(runner: ProgramRunner, tensors: readonly tf.TensorInfo[]): tf.TensorInfo {
  const counts = tensors.map((tensor) => partialCount(sizeOf(tensor)));
  const partials = runner.makeTensorInfo(
    [counts.reduce((sum, count) => sum + count, 0)],
    "float32",
  );
  let at = 0;
  for (const [i, tensor] of tensors.entries()) {
    sumsOfSquares(runner, tensor, partials, at);
    at += counts[i] as number;
  }
  const result = total(runner, partials, true);
  runner.disposeData(partials.dataId);
  return result;
}
