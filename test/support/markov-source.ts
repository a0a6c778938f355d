/**
 * A first-order Markov source over A, C, G, T with its exact denoiser by forward–backward, in double precision: the
 * independent truth that the bound and the samplers are held against.
 */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";

export interface MarkovSource {
  readonly initial: readonly number[];
  /** [from][to] */
  readonly transition: readonly (readonly number[])[];
}

/** A source with strong dependence, so that a wrong conditional is seen. */
export const SOURCE: MarkovSource = {
  initial: [0.4, 0.3, 0.2, 0.1],
  transition: [
    [0.7, 0.1, 0.1, 0.1],
    [0.1, 0.1, 0.7, 0.1],
    [0.05, 0.6, 0.05, 0.3],
    [0.25, 0.25, 0.25, 0.25],
  ],
};

/** −ln p of a sequence, nats. */
export function sourceNats({ initial, transition }: MarkovSource, ids: ArrayLike<number>): number {
  let nats = -Math.log(initial[ids[0] as number] as number);
  for (let i = 1; i < ids.length; i++)
    nats -= Math.log(transition[ids[i - 1] as number]?.[ids[i] as number] as number);
  return nats;
}

/** Logits (log-posteriors) of one row: p(x_i | visible bases) at every position. */
export function exactLogits({ initial, transition }: MarkovSource, row: Uint8Array): Float64Array {
  const n = row.length;
  const allowed = (i: number, base: number): number =>
    row[i] === MASK_ID || row[i] === base ? 1 : 0;
  const forward = Array.from({ length: n }, () => [0, 0, 0, 0]);
  const backward = Array.from({ length: n }, () => [1, 1, 1, 1]);
  for (let i = 0; i < n; i++) {
    for (let b = 0; b < 4; b++) {
      let p = 0;
      if (i === 0) p = initial[b] as number;
      else
        for (let a = 0; a < 4; a++)
          p += (forward[i - 1]?.[a] as number) * (transition[a]?.[b] as number);
      (forward[i] as number[])[b] = p * allowed(i, b);
    }
  }
  for (let i = n - 2; i >= 0; i--) {
    for (let a = 0; a < 4; a++) {
      let p = 0;
      for (let b = 0; b < 4; b++)
        p += (transition[a]?.[b] as number) * allowed(i + 1, b) * (backward[i + 1]?.[b] as number);
      (backward[i] as number[])[a] = p;
    }
  }
  const logits = new Float64Array(4 * n);
  for (let i = 0; i < n; i++) {
    for (let b = 0; b < 4; b++) {
      logits[4 * i + b] = Math.log((forward[i]?.[b] as number) * (backward[i]?.[b] as number));
    }
  }
  return logits;
}

/** The exact denoiser. */
export function exactDenoise(source: MarkovSource): Denoise {
  const known = new Map<string, Float64Array>(); // short rows come again and again
  const logitsOf = (row: Uint8Array): Float64Array => {
    const key = row.join("");
    const logits = known.get(key) ?? exactLogits(source, row);
    known.set(key, logits);
    return logits;
  };
  return async (ids, { batch, length }) => {
    const logits = new Float64Array(batch * length * 4);
    for (let row = 0; row < batch; row++) {
      logits.set(logitsOf(ids.subarray(row * length, (row + 1) * length)), row * length * 4);
    }
    return logits;
  };
}

/** Every sequence of `length` bases. */
export function* allSequences(length: number): Generator<Uint8Array> {
  for (let code = 0; code < 4 ** length; code++) {
    yield Uint8Array.from({ length }, (_, i) => Math.floor(code / 4 ** (length - 1 - i)) % 4);
  }
}

/** Every way to mask at least one of the positions, as x_t. */
export function* allMaskings(x0: Uint8Array): Generator<Uint8Array> {
  for (let code = 1; code < 2 ** x0.length; code++) {
    yield x0.map((id, i) => ((code >> i) & 1 ? MASK_ID : id));
  }
}
