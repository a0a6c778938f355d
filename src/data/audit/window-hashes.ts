/**
 * Windows found again by hash, wherever they begin: a table of the hashes of some windows, on both strands, and a rolling
 * hash that is looked up in it at every base of a sequence that passes by (Karp and Rabin 1987). Memory is the table alone.
 */

import { isBase } from "../../tokens/alphabet.ts";
import { reverseComplementIds } from "../../tokens/complement.ts";
import { BASE_HASH_1, BASE_HASH_2, power32, powerOfTwo } from "./base-hash.ts";

const NONE = -1;
/** Bits of the first sieve for each hash in the table: one lookup in so many passes by chance. */
const SIEVE_BITS = 16;

/** Called with the entry of the table whose window ends at element `end` (exclusive) of the sequence; true takes it out. */
type OnFound = (entry: number, end: number) => boolean;

/** A sequence that passes by, in pieces. */
interface HashScan {
  /** Ids of the next stretch; what is no base breaks windows. `ends` count from the first piece on. */
  add(ids: Uint8Array): void;
}

export interface WindowHashes {
  /** Windows in the table; each has the entries 2 · window (as it stands) and 2 · window + 1 (its reverse complement). */
  readonly windows: number;
  /** Adds a window. @throws {RangeError} when it has another length, a base is unknown, or the table is full */
  add(ids: Uint8Array): void;
  scan(onFound: OnFound): HashScan;
}

/** Returns an empty table for up to `most` windows of `length` bases. */
export function windowHashes(length: number, most: number): WindowHashes {
  const entries = 2 * most;
  const slots = powerOfTwo(2 * entries);
  const slotShift = Math.clz32(slots) + 1;
  const head = new Int32Array(slots).fill(NONE);
  const next = new Int32Array(entries).fill(NONE);
  const hash1 = new Int32Array(entries);
  const hash2 = new Int32Array(entries);
  const sieveBits = powerOfTwo(SIEVE_BITS * entries);
  const sieveShift = Math.clz32(sieveBits) + 1;
  const sieve = new Int32Array(sieveBits / 32);
  // Two hashes of 32 bits, 64 bits together.
  const { multiplier: multiplier1, values: values1 } = BASE_HASH_1;
  const { multiplier: multiplier2, values: values2 } = BASE_HASH_2;
  const leaving1 = values1.map((value) => Math.imul(value, power32(multiplier1, length)));
  const leaving2 = values2.map((value) => Math.imul(value, power32(multiplier2, length)));
  let windows = 0;

  const insert = (entry: number, ids: Uint8Array): void => {
    let [h1, h2] = [0, 0];
    for (const id of ids) {
      h1 = (Math.imul(h1, multiplier1) + (values1[id] as number)) | 0;
      h2 = (Math.imul(h2, multiplier2) + (values2[id] as number)) | 0;
    }
    hash1[entry] = h1;
    hash2[entry] = h2;
    const mixed = mix(h1, h2);
    const slot = mixed >>> slotShift;
    next[entry] = head[slot] as number;
    head[slot] = entry;
    const bit = mixed >>> sieveShift;
    sieve[bit >>> 5] = (sieve[bit >>> 5] as number) | (1 << (bit & 31));
  };

  /** Offers the entries with these hashes to `onFound`, and takes out those that it wants no more. */
  const offer = (h1: number, h2: number, slot: number, end: number, onFound: OnFound): void => {
    let before = NONE;
    for (let entry = head[slot] as number; entry !== NONE; ) {
      const after = next[entry] as number;
      const isTaken = hash1[entry] === h1 && hash2[entry] === h2 && onFound(entry, end);
      if (!isTaken) before = entry;
      else if (before === NONE) head[slot] = after;
      else next[before] = after;
      entry = after;
    }
  };

  return {
    get windows() {
      return windows;
    },
    add(ids) {
      if (ids.length !== length || !ids.every(isBase) || windows === most) {
        throw new RangeError(`internal: expected a window of ${length} bases, one of ${most}`);
      }
      insert(2 * windows, ids);
      insert(2 * windows + 1, reverseComplementIds(ids));
      windows++;
    },
    scan(onFound) {
      const tail = new Uint8Array(length); // the last bases of the pieces before, a ring
      let passed = 0;
      let run = 0; // bases since the last that is none, at most `length`
      let [h1, h2] = [0, 0];
      return {
        add(ids) {
          for (let i = 0; i < ids.length; i++) {
            const id = ids[i] as number;
            if (!isBase(id)) {
              run = 0;
              h1 = 0;
              h2 = 0;
              continue;
            }
            h1 = (Math.imul(h1, multiplier1) + (values1[id] as number)) | 0;
            h2 = (Math.imul(h2, multiplier2) + (values2[id] as number)) | 0;
            if (run < length) run++;
            else {
              const gone = i < length ? tail[(passed + i) % length] : ids[i - length];
              h1 = (h1 - (leaving1[gone as number] as number)) | 0;
              h2 = (h2 - (leaving2[gone as number] as number)) | 0;
            }
            if (run < length) continue;
            const mixed = mix(h1, h2);
            const bit = mixed >>> sieveShift;
            if (((sieve[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
            offer(h1, h2, mixed >>> slotShift, passed + i + 1, onFound);
          }
          for (let i = Math.max(0, ids.length - length); i < ids.length; i++) {
            tail[(passed + i) % length] = ids[i] as number;
          }
          passed += ids.length;
        },
      };
    },
  };
}

/** Spreads both hashes over 32 bits, the highest best. */
function mix(h1: number, h2: number): number {
  return Math.imul(Math.imul(h1 ^ (h1 >>> 15), 0x2c1b3c6d) ^ h2 ^ (h2 >>> 13), 0x9e3779b1);
}
