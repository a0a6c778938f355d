/** Sizes, pattern and lengths of one call of attention. */

import type { PatternAttributes } from "../../../tensor/fused/attention.ts";
import type { tf } from "../../../tensor/tf.ts";
import { type Program, run } from "../program.ts";
import { patternCode, rowCode } from "./attention-code.ts";
import { input, type WebGpuKernelCall } from "./kernel.ts";

export interface AttentionCall {
  readonly q: tf.TensorInfo;
  readonly k: tf.TensorInfo;
  readonly v: tf.TensorInfo;
  /** Rows of q over the whole batch and all heads; those of k and v. */
  readonly queryRows: number;
  readonly keyRows: number;
  readonly width: number;
  /** Runs a program that sees `q`, `k`, their rows (attention-code.ts), which keys a query sees, and 1/√width as SCALE. */
  readonly attend: (program: AttentionProgram) => tf.TensorInfo;
}

type AttentionProgram = Pick<Program, "name" | "inputs" | "size" | "threads" | "code">;

/** Calls `compute` with what the kernel was given, and disposes what was made for it. */
export function withAttention(
  call: WebGpuKernelCall,
  compute: (attention: AttentionCall) => tf.TensorInfo[],
): tf.TensorInfo[] {
  const { pattern, block, offset, lengths } = call.attrs as unknown as PatternAttributes;
  const [q, k, v] = [input(call, "q"), input(call, "k"), input(call, "v")];
  const [batch, heads, queries, width] = q.shape as [number, number, number, number];
  const keys = k.shape[2] as number;
  const counted =
    lengths === undefined
      ? undefined
      : call.runner.makeTensorInfo([batch], "int32", Int32Array.from(lengths));
  const integers = {
    ...{ heads, queries, keys, block, offset },
    ...{ copy: pattern === "doubled-blocks" ? keys / 2 : keys },
    queryRows: batch * heads * queries,
    keyRows: batch * heads * keys,
  };
  const shared =
    patternCode(pattern, counted !== undefined) +
    rowCode("q", width) +
    rowCode("k", width) +
    `const SCALE = ${1 / Math.sqrt(width)};`;
  const kind = `${pattern}${counted === undefined ? "" : "Lengths"}${width}`;
  const outputs = compute({
    ...{ q, k, v, width, queryRows: integers.queryRows, keyRows: integers.keyRows },
    attend: ({ name, inputs, size, threads, code }) =>
      run(call.runner, {
        ...{ name: `${name}_${kind}`, size, threads, integers, code: shared + code },
        inputs: { q, k, ...inputs, ...(counted === undefined ? {} : { lengths: counted }) },
      }),
  });
  if (counted !== undefined) call.runner.disposeData(counted.dataId);
  return outputs;
}

/** Copies `size` numbers from `at` on, for an output of its own. */
export function part(
  { runner }: WebGpuKernelCall,
  whole: tf.TensorInfo,
  at: number,
  size: number,
): tf.TensorInfo {
  return run(runner, {
    name: "gdiffPart",
    inputs: { whole },
    ...{ size, threads: size, integers: { at, count: size } },
    code: "fn main(index : i32) { if (index < uniforms.count) { result[index] = whole[uniforms.at + index]; } }",
  });
}
