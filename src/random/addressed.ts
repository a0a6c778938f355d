/**
 * Randomness by address. A draw is a function of (seed, stream, example, step, position) and of nothing else,
 * so equal seeds give equal bytes whatever the batch size, the number of workers or the point of resumption.
 */

import { philox4x32 } from "./philox.ts";

/** One number a purpose; a number is never used for a second one. */
export const STREAMS = {
  parameters: 1,
  window: 2,
  strand: 3,
  trainingTime: 4,
  corruption: 5,
  countStratum: 6,
  countSubset: 7,
  samplerOrder: 8,
  samplerToken: 9,
  demoGenome: 10,
  epochOrder: 11,
  tileFrame: 12,
  labelledSplit: 13,
  labelledOrder: 14,
  bootstrap: 15,
  classifierHead: 20,
  classifierStrand: 21,
  classifierMask: 22,
  motifPlace: 30,
  particleGuess: 31,
  particleResample: 32,
  compareArms: 40,
  labelDropout: 23,
  windowCut: 24,
  markovSample: 41,
} as const;

export type Stream = keyof typeof STREAMS;

export const MAX_SEED: number = Number.MAX_SAFE_INTEGER;

const TWO_32 = 0x1_0000_0000;
const TWO_53 = 2 ** 53;

/** The draws of one stream under one seed. All arguments are non-negative integers; `example` may exceed 2^32. */
export interface AddressedRandom {
  /** A uniform in [0, 1) with 53 random bits. */
  uniform(example: number, step?: number, position?: number): number;
  /** An integer in [0, bound), `bound` ≤ 2^32; its bias is below 2^-21. */
  integer(bound: number, example: number, step?: number, position?: number): number;
}

/**
 * Returns the draws of `stream` under `seed`.
 *
 * Counter words: position, step, example (low, high). Key words: seed (low 32 bits; high 21 bits beside the stream).
 *
 * @throws {RangeError} when the seed is not an integer in 0 … 2^53 − 1; callers check user input before
 */
export function addressedRandom(seed: number, stream: Stream): AddressedRandom {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`internal: expected a seed in 0 … 2^53 − 1, got ${seed}`);
  }
  const key0 = seed % TWO_32;
  const key1 = Math.floor(seed / TWO_32) + STREAMS[stream] * 2 ** 21;
  const words = new Uint32Array(4);
  const draw = (example: number, step: number, position: number): void =>
    philox4x32(position, step, example % TWO_32, Math.floor(example / TWO_32), key0, key1, words);
  const unit = (high: number, low: number): number =>
    ((high >>> 5) * 0x400_0000 + (low >>> 6)) / TWO_53;

  const uniform = (example: number, step = 0, position = 0): number => {
    draw(example, step, position);
    return unit(words[0] as number, words[1] as number);
  };
  return {
    uniform,
    integer: (bound, example, step, position) =>
      Math.floor(uniform(example, step, position) * bound),
  };
}
