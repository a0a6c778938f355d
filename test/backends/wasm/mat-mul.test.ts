import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { emscripten } from "../../../src/backends/wasm/heap.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { type MatMulShape, naiveMatMul } from "../../naive/mat-mul.ts";
import { filled, maxDifference, useBackend } from "../../support/backend.ts";
import { xorshift32 } from "../../support/random-ids.ts";

/** Sizes at and around the blocks of XNNPACK and of the transposition, primes, and one. */
const SIZES = [1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 31, 32, 33, 37, 64, 67];

/** Rounding of at most 67 additions to sums below 64: 67 · 64 · 2^-24 at worst, 1.2e-5 seen; a wrong index is off by 0.01. */
const TOLERANCE = 5e-5;

function operands(shape: MatMulShape, batchA: number, batchB: number): [tf.Tensor, tf.Tensor] {
  const { rows, inner, columns, transposeA, transposeB } = shape;
  const a = filled([batchA, ...(transposeA ? [inner, rows] : [rows, inner])], 1);
  const b = filled([batchB, ...(transposeB ? [columns, inner] : [inner, columns])], 2);
  return [a, b];
}

/** Largest difference between the kernel and the loops. */
function error(shape: MatMulShape, batchA = shape.batch, batchB = shape.batch): number {
  const [a, b] = operands(shape, batchA, batchB);
  const product = tf.matMul(a, b, shape.transposeA, shape.transposeB);
  expect(product.shape).toEqual([shape.batch, shape.rows, shape.columns]);
  const most = maxDifference(product.dataSync(), naiveMatMul(a.dataSync(), b.dataSync(), shape));
  tf.dispose([a, b, product]);
  return most;
}

describe("the wasm product", () => {
  let backend: BackendWasm;
  beforeAll(async () => {
    await useBackend("wasm");
    backend = tf.backend() as BackendWasm;
  });

  it("equals float64 loops at random sizes, with both transposes and batches of one against many", () => {
    const next = xorshift32(11);
    const pick = (): number => SIZES[Math.floor(next() * SIZES.length)] as number;
    for (let trial = 0; trial < 150; trial++) {
      const shape = {
        batch: 1 + Math.floor(next() * 4),
        rows: pick(),
        inner: pick(),
        columns: pick(),
        transposeA: next() < 0.5,
        transposeB: next() < 0.5,
      };
      const isOneA = next() < 0.25;
      const isOneB = !isOneA && next() < 0.25;
      const most = error(shape, isOneA ? 1 : shape.batch, isOneB ? 1 : shape.batch);
      expect(most, JSON.stringify({ ...shape, isOneA, isOneB })).toBeLessThan(TOLERANCE);
    }
  });

  it("of nothing is 0 wherever a sum is left", () => {
    const shape = { batch: 2, transposeA: false, transposeB: false };
    for (let trial = 0; trial < 4; trial++) {
      tf.fill([2, 3, 4], 7).dispose(); // memory that held something
      expect(error({ ...shape, rows: 3, inner: 0, columns: 4 })).toBe(0);
      expect(error({ ...shape, rows: 3, inner: 0, columns: 4, transposeA: true })).toBe(0);
    }
    expect(error({ ...shape, rows: 0, inner: 2, columns: 4, transposeB: true })).toBe(0);
    expect(error({ ...shape, rows: 3, inner: 2, columns: 0 })).toBe(0);
  });

  it("multiplies plain matrices, one row, one column and one number", () => {
    for (const [rows, inner, columns] of [
      [1, 1, 1],
      [1, 67, 1],
      [67, 1, 67],
      [1, 13, 37],
      [37, 13, 1],
    ] as const) {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          const shape = { batch: 1, rows, inner, columns, transposeA, transposeB };
          expect(error(shape), JSON.stringify(shape)).toBeLessThan(TOLERANCE);
        }
      }
    }
  });

  it("broadcasts batches of several axes by their axes", () => {
    const a = filled([2, 1, 3, 4], 1);
    const b = filled([3, 4, 5], 2);
    const product = tf.matMul(a, b);
    expect(product.shape).toEqual([2, 3, 3, 5]);
    const slice = (tensor: tf.Tensor, i: number, size: number): Float32Array =>
      (tensor.dataSync() as Float32Array).subarray(i * size, (i + 1) * size);
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 3; j++) {
        const shape = { batch: 1, rows: 3, inner: 4, columns: 5 };
        const expected = naiveMatMul(slice(a, i, 12), slice(b, j, 20), shape);
        expect(maxDifference(slice(product, 3 * i + j, 15), expected)).toBeLessThan(TOLERANCE);
      }
    }
    tf.dispose([a, b, product]);
  });

  it("leaves nothing behind: no tensor, no data and no growth of the heap", () => {
    const a = filled([4, 33, 64], 1);
    const b = filled([4, 65, 33], 2);
    tf.matMul(a, b, true, true).dispose();
    const heapBytes = emscripten(backend).HEAPU8.length;
    const { numTensors } = tf.memory();
    const dataIds = backend.numDataIds();
    for (let i = 0; i < 200; i++) tf.matMul(a, b, true, true).dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(backend.numDataIds()).toBe(dataIds);
    expect(emscripten(backend).HEAPU8.length).toBe(heapBytes);
    tf.dispose([a, b]);
  });

  it("frees the weights that XNNPACK packs for each of 20,000 products", () => {
    const a = filled([4, 64], 1);
    const b = filled([64, 64], 2); // packed: 16 KiB; 20,000 kept ones would be 320 MB
    const heapBytes = emscripten(backend).HEAPU8.length;
    for (let i = 0; i < 20_000; i++) tf.matMul(a, b).dispose();
    expect(emscripten(backend).HEAPU8.length).toBe(heapBytes);
    tf.dispose([a, b]);
  });

  it("uses the values of now, not weights packed before", () => {
    const shape = { batch: 1, rows: 3, inner: 8, columns: 8 };
    for (let salt = 0; salt < 50; salt++) {
      const a = filled([3, 8], salt);
      const b = filled([8, 8], salt + 100);
      const product = tf.matMul(a, b);
      const expected = naiveMatMul(a.dataSync(), b.dataSync(), shape);
      expect(maxDifference(product.dataSync(), expected)).toBeLessThan(TOLERANCE);
      tf.dispose([a, b, product]);
    }
  });
});
