/**
 * Matrix products on wasm through the fast path only. The backend's own kernel multiplies one untransposed pair of
 * matrices with XNNPACK (40 GFLOP/s on one core of an AMD EPYC) and everything else, transposed or batched, with a
 * plain loop (3 GFLOP/s); training needs mostly the latter. Here each pair is transposed first where asked
 * and named to the module as a piece of its memory, so that every product takes the fast path. No copy of an
 * operand that is used as it lies.
 */

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { tf } from "../../tensor/tf.ts";
import { allocate, emscripten, floats, offsetBytes, type WasmTensor, zeros } from "./heap.ts";
import { transposeInto } from "./transpose-into.ts";

/** Names of pieces; the backend counts its own tensors from 0 and stays far below. */
const PIECE_A = 0x7000_0000;
const PIECE_B = 0x7000_0001;
const PIECE_OUT = 0x7000_0002;

interface Operand {
  readonly tensor: WasmTensor;
  readonly isTransposed: boolean;
  /** Of one matrix, as it enters the product. */
  readonly rows: number;
  readonly columns: number;
  /** Shape of the axes before the matrix. */
  readonly batch: readonly number[];
}

/** The kernel that replaces `BatchMatMul` on the backend `wasm`. */
export const WASM_MAT_MUL: tf.KernelConfig = {
  kernelName: "BatchMatMul",
  backendName: "wasm",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { transposeA, transposeB } = attrs as { transposeA?: boolean; transposeB?: boolean };
    const a = operand(inputs.a as WasmTensor, transposeA === true);
    const b = operand(inputs.b as WasmTensor, transposeB === true);
    return multiply(backend as BackendWasm, a, b) as tf.TensorInfo;
  },
};

function operand(tensor: WasmTensor, isTransposed: boolean): Operand {
  const [last = 1, previous = 1] = tensor.shape.slice(-2).reverse();
  const batch = tensor.shape.slice(0, -2);
  return isTransposed
    ? { tensor, isTransposed, rows: last, columns: previous, batch }
    : { tensor, isTransposed, rows: previous, columns: last, batch };
}

function multiply(backend: BackendWasm, a: Operand, b: Operand): WasmTensor {
  const outer = tf.broadcast_util.assertAndGetBroadcastShape([...a.batch], [...b.batch]);
  if (a.rows * a.columns === 0 || b.rows * b.columns === 0)
    return zeros(backend, [...outer, a.rows, b.columns], "float32"); // the module writes no sum of nothing
  const out = backend.makeOutput([...outer, a.rows, b.columns], "float32");
  const module = emscripten(backend);
  const product = module.cwrap("BatchMatMul", null, [
    "number",
    "array",
    "number",
    "number",
    "array",
    "number",
    "number",
    "number",
    "number",
  ]);
  const sizes = { a: a.rows * a.columns, b: b.rows * b.columns, out: a.rows * b.columns };
  const scratchA = a.isTransposed ? allocate(backend, sizes.a) : 0;
  const scratchB = b.isTransposed ? allocate(backend, sizes.b) : 0;
  const batch = tf.util.sizeFromShape(outer);
  const { registerTensor, disposeData } = backend.wasm.tfjs;
  const shapeA = shapeBytes(a);
  const shapeB = shapeBytes(b);
  for (let i = 0; i < batch; i++) {
    registerTensor(PIECE_A, sizes.a, piece(backend, a, batchIndex(a.batch, outer, i), scratchA));
    registerTensor(PIECE_B, sizes.b, piece(backend, b, batchIndex(b.batch, outer, i), scratchB));
    registerTensor(PIECE_OUT, sizes.out, offsetBytes(backend, out) + 4 * i * sizes.out);
    product(PIECE_A, shapeA, 3, PIECE_B, shapeB, 3, 0, 0, PIECE_OUT);
    disposeData(PIECE_A); // frees the name and the weights XNNPACK packed under it, not the memory
    disposeData(PIECE_B);
    disposeData(PIECE_OUT);
  }
  if (a.isTransposed) module._free(scratchA);
  if (b.isTransposed) module._free(scratchB);
  return out;
}

/** Which matrix of an operand enters product `i` of the batch `outer` that its own batch is broadcast to. */
function batchIndex(batch: readonly number[], outer: readonly number[], i: number): number {
  let index = 0;
  let rest = i;
  for (let axis = batch.length - 1, stride = 1; axis >= 0; axis--) {
    const size = batch[axis] as number;
    const outerSize = outer[axis + outer.length - batch.length] as number;
    index += size === 1 ? 0 : (rest % outerSize) * stride;
    rest = Math.floor(rest / outerSize);
    stride *= size;
  }
  return index;
}

/** Where the untransposed `i`-th matrix of an operand lies. */
function piece(backend: BackendWasm, operand: Operand, i: number, scratch: number): number {
  const size = operand.rows * operand.columns;
  const at = offsetBytes(backend, operand.tensor) + 4 * i * size;
  if (!operand.isTransposed) return at;
  const stored = floats(backend, at, size); // [columns, rows]
  transposeInto(stored, operand.columns, operand.rows, floats(backend, scratch, size));
  return scratch;
}

function shapeBytes({ rows, columns }: Operand): Uint8Array {
  return new Uint8Array(new Int32Array([1, rows, columns]).buffer);
}
