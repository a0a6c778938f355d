/** Sequences found again among others, as they stand or as their reverse complements. */

import { BASE_COUNT, isBase } from "../../tokens/alphabet.ts";
import { BASE_HASH_2 } from "../audit/base-hash.ts";

export interface SequenceIndex {
  /** Returns the first sequence of the index that is equal to `ids` on either strand. */
  firstEqual(ids: Uint8Array): number | undefined;
}

/** Indexes `sequences`, which it refers to; what a hash finds is compared base by base. */
export function sequenceIndex(sequences: readonly Uint8Array[]): SequenceIndex {
  const byHash = new Map<number, number[]>();
  const equalAmong = (ids: Uint8Array, others: readonly number[]): number | undefined =>
    others.find((i) => isSameSequence(sequences[i] as Uint8Array, ids));
  for (const [i, ids] of sequences.entries()) {
    const hash = hashOf(ids);
    const others = byHash.get(hash);
    if (others === undefined) byHash.set(hash, [i]);
    else if (equalAmong(ids, others) === undefined) others.push(i);
  }
  return { firstEqual: (ids) => equalAmong(ids, byHash.get(hashOf(ids)) ?? []) };
}

/** Of both strands alike; 53 bits, some of which are the length. */
function hashOf(ids: Uint8Array): number {
  let [forward, reverse] = [0, 0];
  for (let i = 0; i < ids.length; i++) {
    forward = step(forward, ids[i] as number);
    reverse = step(reverse, complementOf(ids[ids.length - 1 - i] as number));
  }
  return (ids.length % 2 ** 20) * 2 ** 32 + ((forward + reverse) >>> 0);
}

function step(hash: number, id: number): number {
  const value = isBase(id) ? (BASE_HASH_2.values[id] as number) : 1;
  return (Math.imul(hash, BASE_HASH_2.multiplier) + value) | 0;
}

function isSameSequence(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  return (
    a.every((id, i) => id === b[i]) ||
    a.every((id, i) => id === complementOf(b[b.length - 1 - i] as number))
  );
}

function complementOf(id: number): number {
  return isBase(id) ? BASE_COUNT - 1 - id : id;
}
