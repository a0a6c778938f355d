/** A second of work whose results are known: whether a device computes rightly, and quicker than it takes to ask. */

import { tf } from "../tensor/tf.ts";

const SIZE = 256;
const LIMIT_MS = 1_000;

/**
 * Multiplies and gathers on the backend in use, twice: first to let it compile, then against the clock.
 *
 * @returns what was wrong, in one clause; undefined when nothing was
 */
export async function checkDevice(): Promise<string | undefined> {
  await findFault();
  const start = performance.now();
  const fault = await findFault();
  const milliseconds = performance.now() - start;
  if (fault !== undefined) return fault;
  return milliseconds <= LIMIT_MS
    ? undefined
    : `a product of ${SIZE} × ${SIZE} and a gather took ${Math.round(milliseconds)} ms, more than ${LIMIT_MS}`;
}

async function findFault(): Promise<string | undefined> {
  // Whole numbers of a few bits: float32 adds them without rounding, in any order.
  const made = tf.tidy(() => {
    const [left, right] = [wholeNumbers(7), wholeNumbers(5)];
    return { left, right, rows: tf.gather(tf.matMul(left, right), [SIZE - 1, 3]) };
  });
  const [a, b, got] = await Promise.all([
    made.left.data(),
    made.right.data(),
    made.rows.data(),
  ]).finally(() => tf.dispose(made));
  for (const [at, row] of [SIZE - 1, 3].entries()) {
    for (let column = 0; column < SIZE; column++) {
      const expected = product(a, b, row, column);
      const actual = got[at * SIZE + column];
      if (actual !== expected) return `a product came out as ${actual} instead of ${expected}`;
    }
  }
  return undefined;
}

function wholeNumbers(modulus: number): tf.Tensor2D {
  const values = Float32Array.from(
    { length: SIZE * SIZE },
    (_, i) => ((i * 31 + (i >> 8)) % modulus) - (modulus >> 1),
  );
  return tf.tensor2d(values, [SIZE, SIZE]);
}

function product(a: ArrayLike<number>, b: ArrayLike<number>, row: number, column: number): number {
  let sum = 0;
  for (let k = 0; k < SIZE; k++) {
    sum += (a[row * SIZE + k] as number) * (b[k * SIZE + column] as number);
  }
  return sum;
}
