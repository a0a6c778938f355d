/** How fast the backend in use is: products, and bytes to it and back; a second for each. */

import { tf } from "../tensor/tf.ts";

export interface DeviceSpeed {
  /** Of a square product, in 10⁹ floating-point operations a second. */
  readonly gflops: number;
  /** Side of that product. */
  readonly size: number;
  /** Bytes written to the device and read back, each counted, a second. */
  readonly copyBytesPerSecond: number;
}

const COPY_BYTES = 16 * 2 ** 20;
const SMALLEST = 64;
const LARGEST = 4_096;

/** Measures for about `seconds` each; the best of the tries counts. */
export async function measureDevice(seconds = 1): Promise<DeviceSpeed> {
  const { size, gflops } = await measureProduct(seconds * 1_000);
  return { size, gflops, copyBytesPerSecond: await measureCopy(seconds * 1_000) };
}

/** Doubles the side while a product takes less than an eighth of the time, then repeats the last one. */
async function measureProduct(budgetMs: number): Promise<{ size: number; gflops: number }> {
  const end = performance.now() + budgetMs;
  let size = SMALLEST;
  await timeProduct(size); // compiles
  let best = await timeProduct(size);
  while (performance.now() < end) {
    const mayGrow = size < LARGEST && best * 8 < budgetMs / 8;
    if (mayGrow) size *= 2;
    const took = await timeProduct(size);
    best = mayGrow ? took : Math.min(best, took);
  }
  return { size, gflops: (2 * size ** 3) / (best * 1e6) };
}

/** Milliseconds of one product, until an element of it has been read. */
async function timeProduct(size: number): Promise<number> {
  const matrix: tf.Tensor2D = tf.fill([size, size], 0.5);
  await corner(matrix);
  const start = performance.now();
  const product: tf.Tensor2D = tf.matMul(matrix, matrix);
  await corner(product);
  const took = performance.now() - start;
  tf.dispose([matrix, product]);
  return took;
}

/** Waits for a matrix by reading one element. */
async function corner(matrix: tf.Tensor2D): Promise<void> {
  const one = tf.slice(matrix, [0, 0], [1, 1]);
  await one.data();
  one.dispose();
}

/** The sign is changed on the way, or a backend might keep the bytes where they are. */
async function measureCopy(budgetMs: number): Promise<number> {
  const values = new Float32Array(COPY_BYTES / 4).fill(1);
  const end = performance.now() + budgetMs;
  let best = Number.POSITIVE_INFINITY;
  do {
    const start = performance.now();
    const there = tf.tensor1d(values);
    const back = tf.neg(there);
    await back.data();
    best = Math.min(best, performance.now() - start);
    tf.dispose([there, back]);
  } while (performance.now() < end);
  return (2 * COPY_BYTES * 1_000) / best;
}
