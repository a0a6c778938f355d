/** `--shard 2/8`: the part of a count of windows that one of several processes makes. */

import { ConfigError } from "../errors.ts";
import { expectedValue } from "../util/expect.ts";

/** A process among others; a training cluster is one too. */
export interface ProcessShard {
  /** 0 … size − 1 */
  readonly rank: number;
  readonly size: number;
}

/** Processes of one job, at most. */
const MOST = 1_000_000;

/**
 * Parses `i/n`, counted from 1 as people and test runners count them: `1/8` … `8/8`.
 *
 * @throws {ConfigError} on any other text
 */
export function parseShard(text: string): ProcessShard {
  const [, i, n] = /^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? [];
  const place = Number(i);
  const size = Number(n);
  if (place >= 1 && place <= size && size <= MOST) return { rank: place - 1, size };
  throw new ConfigError(
    expectedValue("--shard", `I/N with I from 1 to N, and N at most ${MOST}`, text),
  );
}

/**
 * Returns the run [first, end) of 0 … count − 1 that is the shard's: runs of neighbours, in the order of the ranks, whose
 * lengths differ by one at most. All shards together hold each number once.
 */
export function shardRange(
  count: number,
  { rank, size }: ProcessShard,
): { readonly first: number; readonly end: number } {
  const each = Math.floor(count / size);
  const longer = count % size; // the first so many have one more
  const first = rank * each + Math.min(rank, longer);
  return { first, end: first + each + (rank < longer ? 1 : 0) };
}
