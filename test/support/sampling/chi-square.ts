/** Samples against a law that is known, by Pearson's statistic. */

import { allSequences } from "../markov-source.ts";

/** Probability of a sequence. */
export type Law = (sequence: Uint8Array) => number;

/** Bases of the sequences that are counted: 64 of them, 63 degrees of freedom. */
export const LENGTH = 3;

/** 99.9 % quantile of chi-square with 63 degrees of freedom (scipy.stats.chi2.ppf(0.999, 63)). */
export const LIMIT = 103.44;

/** Pearson's statistic of rows of three bases. */
export function chiSquare(ids: Uint8Array, law: Law): number {
  const rows = ids.length / LENGTH;
  let statistic = 0;
  for (const [expected, count] of counted(ids, law))
    statistic += (count - rows * expected) ** 2 / (rows * expected);
  return statistic;
}

/** Pairs of a sequence's probability and the rows that are it. */
function* counted(ids: Uint8Array, law: Law): Generator<[probability: number, count: number]> {
  const counts = new Map<string, number>();
  for (let at = 0; at < ids.length; at += LENGTH) {
    const key = ids.subarray(at, at + LENGTH).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const sequence of allSequences(LENGTH)) {
    yield [law(sequence), counts.get(sequence.join()) ?? 0];
  }
}
