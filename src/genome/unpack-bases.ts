/** Bases of a .2bit file out of their two bits, and what its runs say of them. */

import { firstAbove } from "../util/first-above.ts";
import type { BaseRuns } from "./byte-loops.ts";

/** In the order of their two bits. */
const PACKED_LETTERS = "TCAG";
const UNKNOWN = 0x4e; // N
const CASE_BIT = 0x20;

/** The four letters of each byte, as they lie in memory. */
const LETTERS_OF_BYTE: Uint32Array = /* @__PURE__ */ makeTable();

function makeTable(): Uint32Array {
  const letters = new Uint8Array(4 * 256);
  for (let i = 0; i < letters.length; i++) {
    letters[i] = PACKED_LETTERS.charCodeAt(((i >>> 2) >>> (6 - 2 * (i & 3))) & 3);
  }
  return new Uint32Array(letters.buffer);
}

/** Returns the letters of `count` bases, the first `skipped` (0 … 3) into `packed`, upper case. */
export function unpackBases(
  packed: Uint8Array,
  skipped: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(packed.length);
  for (let i = 0; i < packed.length; i++) {
    words[i] = LETTERS_OF_BYTE[packed[i] as number] as number;
  }
  return new Uint8Array(words.buffer, skipped, count);
}

/** Writes N over the bases of `runs`; `bases` begin at base `start` of the contig. */
export function writeUnknown(bases: Uint8Array, start: number, runs: BaseRuns): void {
  eachRun(bases, start, runs, (from, to) => {
    bases.fill(UNKNOWN, from, to);
  });
}

/** Turns the bases of `runs` into lower case. */
export function writeSoftMasked(bases: Uint8Array, start: number, runs: BaseRuns): void {
  eachRun(bases, start, runs, (from, to) => {
    for (let i = from; i < to; i++) bases[i] = (bases[i] as number) | CASE_BIT;
  });
}

/** Calls `write` with the part of each run that lies in `bases`. */
function eachRun(
  bases: Uint8Array,
  start: number,
  { starts, lengths }: BaseRuns,
  write: (from: number, to: number) => void,
): void {
  const end = start + bases.length;
  for (let i = firstRun(start, starts, lengths); i < starts.length; i++) {
    const from = starts[i] as number;
    if (from >= end) return;
    const to = from + (lengths[i] as number);
    write(Math.max(0, from - start), Math.min(to, end) - start);
  }
}

/** Index of the first run that ends behind base `start`. */
function firstRun(start: number, starts: Uint32Array, lengths: Uint32Array): number {
  const endOf = (run: number): number => (starts[run] as number) + (lengths[run] as number);
  return firstAbove(starts.length, endOf, start);
}
