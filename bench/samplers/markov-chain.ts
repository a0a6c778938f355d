/** A stationary chain over A, C, G, T whose exact denoiser and k-mer law are known, in double precision. */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import type { AddressedRandom } from "../../src/random/addressed.ts";
import { BASE_COUNT, MASK_ID } from "../../src/tokens/alphabet.ts";

const BASES = [0, 1, 2, 3] as const;

type Matrix = readonly (readonly number[])[];

/** [from][to]; neighbours depend on each other strongly, so that a base drawn without its neighbour shows. */
const TRANSITION: Matrix = [
  [0.7, 0.1, 0.1, 0.1],
  [0.1, 0.1, 0.7, 0.1],
  [0.05, 0.6, 0.05, 0.3],
  [0.25, 0.25, 0.25, 0.25],
];

/** What a base is when nothing around it is known. */
const STATIONARY: readonly number[] = power(TRANSITION, 512)[0] as readonly number[];

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    BASES.map((to) =>
      row.reduce((sum, p, middle) => sum + p * ((b[middle] as readonly number[])[to] as number), 0),
    ),
  );
}

function power(matrix: Matrix, exponent: number): Matrix {
  let result: Matrix = BASES.map((i) => BASES.map((j) => (i === j ? 1 : 0)));
  for (let i = 0; i < exponent; i++) result = product(result, matrix);
  return result;
}

/**
 * Returns the exact denoiser for rows of at most `length` bases: log p(x_i | visible), which in a chain is a matter of the
 * nearest visible base on either side.
 */
export function chainDenoise(length: number): Denoise {
  const powers: Matrix[] = [power(TRANSITION, 0)];
  for (let i = 1; i <= length; i++) powers.push(product(powers[i - 1] as Matrix, TRANSITION));
  const entry = (distance: number, from: number, to: number): number =>
    ((powers[distance] as Matrix)[from] as readonly number[])[to] as number;
  return async (ids, shape) => {
    const logits = new Float64Array(ids.length * BASE_COUNT);
    for (let start = 0; start < ids.length; start += shape.length) {
      const row = ids.subarray(start, start + shape.length);
      const right = nearestOnTheRight(row);
      let left = -1;
      for (let i = 0; i < row.length; i++) {
        const next = right[i] as number;
        for (const base of BASES) {
          const before =
            left < 0 ? (STATIONARY[base] as number) : entry(i - left, row[left] as number, base);
          const after = next < 0 ? 1 : entry(next - i, base, row[next] as number);
          logits[(start + i) * BASE_COUNT + base] = Math.log(before * after);
        }
        if (row[i] !== MASK_ID) left = i;
      }
    }
    return logits;
  };
}

/** For each position the next visible one after it, −1 where there is none. */
function nearestOnTheRight(row: Uint8Array): Int32Array {
  const nearest = new Int32Array(row.length);
  let next = -1;
  for (let i = row.length - 1; i >= 0; i--) {
    nearest[i] = next;
    if (row[i] !== MASK_ID) next = i;
  }
  return nearest;
}

/** Probabilities of all k-mers, in order of their codes, the first base the highest digit. */
export function kmerLaw(k: number): Float64Array {
  return Float64Array.from({ length: BASE_COUNT ** k }, (_, code) => {
    const bases = Array.from(
      { length: k },
      (_, i) => Math.floor(code / BASE_COUNT ** (k - 1 - i)) % 4,
    );
    return 2 ** -chainBits(bases);
  });
}

/** −log₂ p of a sequence. */
export function chainBits(bases: ArrayLike<number>): number {
  let bits = -Math.log2(STATIONARY[bases[0] as number] as number);
  for (let i = 1; i < bases.length; i++) {
    const from = TRANSITION[bases[i - 1] as number] as readonly number[];
    bits -= Math.log2(from[bases[i] as number] as number);
  }
  return bits;
}

/** Bits per base that sequences of `length` bases have on average. */
export function entropyBits(length: number): number {
  const entropy = (law: readonly number[]): number =>
    law.reduce((sum, p) => sum - p * Math.log2(p), 0);
  const rate = STATIONARY.reduce(
    (sum, p, from) => sum + p * entropy(TRANSITION[from] as readonly number[]),
    0,
  );
  return (entropy(STATIONARY) + (length - 1) * rate) / length;
}

/** Sequences of the chain itself, [count, length]; addresses are (sequence, 0, position). */
export function drawChain(count: number, length: number, random: AddressedRandom): Uint8Array {
  const ids = new Uint8Array(count * length);
  for (let at = 0; at < ids.length; at++) {
    const position = at % length;
    const law = position === 0 ? STATIONARY : (TRANSITION[ids[at - 1] as number] as number[]);
    let rest = random.uniform(Math.floor(at / length), 0, position);
    let base = 0;
    while (base < 3 && rest >= (law[base] as number)) rest -= law[base++] as number;
    ids[at] = base;
  }
  return ids;
}
