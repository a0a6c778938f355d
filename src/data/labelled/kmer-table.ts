/**
 * The distinct k-mers of many sequences, each on both strands one. A hash finds a k-mer and its bases confirm it, so
 * nothing rests on hashes being distinct. Sequences are referred to, not copied.
 */

import { powerOfTwo } from "../audit/base-hash.ts";
import { isSameKmer } from "./canonical-kmers.ts";

/** What a free slot holds; others hold an entry plus one. */
const FREE = 0;
/** Entries for each slot, at most. */
const LOAD = 3 / 4;

/** K-mers are entries 0, 1, … in the order in which they came. Hashes are those of `canonicalKmers`. */
export interface KmerTable {
  readonly size: number;
  /** Returns the entry of the k-mer at `start` of sequence `sequence`, a new one where it was not here. */
  add(hash: number, sequence: number, start: number): number;
  /** Returns the entry of the k-mer at `start` of `ids`. */
  find(hash: number, ids: Uint8Array, start: number): number | undefined;
  /** Returns the sequence that brought an entry. */
  sequenceOf(entry: number): number;
  /** Forgets all, and keeps the memory. */
  clear(): void;
}

/**
 * Returns an empty table for k-mers of `length` bases out of `sequences`.
 *
 * @param expected k-mers that are likely to come; for more the table grows. 19 to 38 bytes for each
 */
export function kmerTable(
  sequences: readonly Uint8Array[],
  length: number,
  expected: number,
): KmerTable {
  let slotCount = powerOfTwo(expected / LOAD);
  let sequenceOf = new Int32Array(slotCount * LOAD);
  let startOf = new Int32Array(slotCount * LOAD);
  let slots = new Int32Array(2 * slotCount); // pairs of an entry plus one, and its hash
  let size = 0;

  /** The slot that holds the k-mer, or the free one where it belongs. */
  const slotOf = (hash: number, ids: Uint8Array, start: number): number => {
    const mask = slotCount - 1;
    let slot = hash & mask;
    for (;;) {
      if (slots[2 * slot] === FREE) return slot;
      if (slots[2 * slot + 1] === hash) {
        const entry = (slots[2 * slot] as number) - 1;
        const other = sequences[sequenceOf[entry] as number] as Uint8Array;
        if (isSameKmer(ids, start, other, startOf[entry] as number, length)) return slot;
      }
      slot = (slot + 1) & mask;
    }
  };

  const grow = (): void => {
    const before = slots;
    slotCount *= 2;
    sequenceOf = lengthened(sequenceOf, slotCount * LOAD);
    startOf = lengthened(startOf, slotCount * LOAD);
    slots = new Int32Array(2 * slotCount);
    for (let i = 0; i < before.length; i += 2) {
      if (before[i] === FREE) continue;
      const hash = before[i + 1] as number;
      let slot = hash & (slotCount - 1);
      while (slots[2 * slot] !== FREE) slot = (slot + 1) & (slotCount - 1);
      slots[2 * slot] = before[i] as number;
      slots[2 * slot + 1] = hash;
    }
  };

  return {
    get size() {
      return size;
    },
    add(hash, sequence, start) {
      let slot = slotOf(hash, sequences[sequence] as Uint8Array, start);
      const found = slots[2 * slot] as number;
      if (found !== FREE) return found - 1;
      if (size === sequenceOf.length) {
        grow();
        slot = slotOf(hash, sequences[sequence] as Uint8Array, start);
      }
      sequenceOf[size] = sequence;
      startOf[size] = start;
      size++;
      slots[2 * slot] = size;
      slots[2 * slot + 1] = hash;
      return size - 1;
    },
    find(hash, ids, start) {
      const found = slots[2 * slotOf(hash, ids, start)] as number;
      return found === FREE ? undefined : found - 1;
    },
    sequenceOf: (entry) => sequenceOf[entry] as number,
    clear() {
      slots.fill(FREE);
      size = 0;
    },
  };
}

function lengthened(values: Int32Array<ArrayBuffer>, count: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(count);
  longer.set(values);
  return longer;
}
