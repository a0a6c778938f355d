/** One program of a GPU: WGSL that reads flat arrays by name and writes one (W3C WGSL; TensorFlow.js adds the rest). */

import type { tf } from "../../tensor/tf.ts";

/** Threads of a workgroup. */
export const LANES = 64;

export interface Program {
  /** Tells programs of other code apart, and counts its runs. */
  readonly name: string;
  /** Arrays that the code reads, by the names it uses. */
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  /** Elements of the array `result`, float32. */
  readonly size: number;
  /** Threads; they are run in whole workgroups, so the code looks whether its index counts. */
  readonly threads: number;
  /** Numbers that the code reads as `uniforms.name`. */
  readonly integers?: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  /** Declarations and `fn main(index : i32)`; `lane` is `i32(localId.x)`. */
  readonly code: string;
  /** What is written to, instead of a new array. */
  readonly into?: tf.TensorInfo;
}

/** What a kernel may ask of the backend. */
export interface ProgramRunner {
  runWebGPUProgram(
    program: object,
    inputs: readonly tf.TensorInfo[],
    dtype: tf.DataType,
    uniforms: readonly { readonly type: "int32" | "float32"; readonly data: number[] }[],
    output?: tf.TensorInfo,
  ): tf.TensorInfo;
  makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values?: Float32Array | Int32Array,
  ): tf.TensorInfo;
  disposeData(dataId: tf.TensorInfo["dataId"]): boolean;
}

/** Runs a program; the result has the shape [size], and belongs to the caller. */
export function run(runner: ProgramRunner, program: Program): tf.TensorInfo {
  const { inputs, integers = {}, floats = {}, into } = program;
  const uniforms = [
    ...Object.values(integers).map((value) => ({ type: "int32" as const, data: [value] })),
    ...Object.values(floats).map((value) => ({ type: "float32" as const, data: [value] })),
  ];
  const flat = Object.values(inputs).map(flattened);
  return runner.runWebGPUProgram(description(program), flat, "float32", uniforms, into);
}

/** The same array with another shape, for a kernel's output. */
export function shaped({ dataId, dtype }: tf.TensorInfo, shape: number[]): tf.TensorInfo {
  return { dataId, dtype, shape };
}

/** Number of elements. */
export function sizeOf({ shape }: tf.TensorInfo): number {
  return shape.reduce((product, n) => product * n, 1);
}

function flattened(tensor: tf.TensorInfo): tf.TensorInfo {
  return shaped(tensor, [sizeOf(tensor)]);
}

/** As TensorFlow.js' backend wants it (webgpu_program.ts, WebGPUProgram). */
function description({ name, inputs, size, threads, integers, floats, code }: Program): object {
  return {
    label: name,
    shaderKey: name,
    variableNames: Object.keys(inputs),
    outputShape: [size],
    workgroupSize: [LANES, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(threads / LANES), 1, 1],
    uniforms: [
      ...Object.keys(integers ?? {}).map((key) => `${key} : i32, `),
      ...Object.keys(floats ?? {}).map((key) => `${key} : f32, `),
    ].join(""),
    getUserCode: () => code,
  };
}

/** WGSL: the sum of one value a lane, known to every lane; all lanes of a workgroup must call it. */
export const SUM_OVER_GROUP: string = `
  var<workgroup> lanes : array<f32, ${LANES}>;
  fn sumOverGroup(lane : i32, value : f32) -> f32 {
    workgroupBarrier();
    lanes[lane] = value;
    workgroupBarrier();
    for (var half = ${LANES / 2}; half > 0; half = half / 2) {
      if (lane < half) { lanes[lane] = lanes[lane] + lanes[lane + half]; }
      workgroupBarrier();
    }
    return lanes[0];
  }
`;
