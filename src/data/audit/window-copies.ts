/** Windows of held-out splits that occur in another split too, at any position and on either strand. */

import type { Genome } from "../../genome/genome.ts";
import type { Interval, Strand } from "../../genome/interval.ts";
import { isBase } from "../../tokens/alphabet.ts";
import { encodeBases } from "../../tokens/encode.ts";
import { encodeWindow } from "../window.ts";
import { type WindowHashes, windowHashes } from "./window-hashes.ts";

/** Windows that are looked for at once: bounds memory to about 150 MB. */
export const MOST_WINDOWS: number = 2 ** 20;
/** Bases read at a time. */
const PIECE = 2 ** 20;

/** Windows to look for. */
export interface SoughtWindows {
  /** Those without an N. */
  readonly windows: readonly Interval[];
  readonly withN: readonly Interval[];
  readonly hashes: WindowHashes;
}

/** The first place of a window in another split, on one strand. */
export interface WindowCopy {
  readonly window: Interval;
  readonly place: Interval;
  /** "-" where the place holds the window's reverse complement. */
  readonly strand: Strand;
}

/** Called between pieces; a promise that rejects ends the reading. */
export type OnPiece = (bases: number) => Promise<void>;

/** Reads and hashes `windows`, at most `MOST_WINDOWS` of one length. */
export async function seekWindows(
  genome: Genome,
  windows: readonly Interval[],
  length: number,
  onPiece: OnPiece,
): Promise<SoughtWindows> {
  const hashes = windowHashes(length, windows.length);
  const kept: Interval[] = [];
  const withN: Interval[] = [];
  let read = 0;
  for (const window of windows) {
    const { ids } = encodeBases(await genome.read(window));
    read += length;
    if (ids.every(isBase)) {
      hashes.add(ids);
      kept.push(window);
    } else {
      withN.push(window);
    }
    if (read < PIECE) continue;
    await onPiece(read);
    read = 0;
  }
  await onPiece(read);
  return { windows: kept, withN, hashes };
}

/**
 * Reads `intervals` once and returns the first place in them of every window on every strand, itself excluded: a window that
 * lies in them finds other places only. Every place is compared base by base before it is returned.
 *
 * Takes what it finds out of `sought.hashes`.
 */
export async function findCopies(
  genome: Genome,
  { windows, hashes }: SoughtWindows,
  intervals: readonly Interval[],
  length: number,
  onPiece: OnPiece,
): Promise<WindowCopy[]> {
  const copies: WindowCopy[] = [];
  for (const { contig, start, end } of intervals) {
    const found: WindowCopy[] = [];
    const scan = hashes.scan((entry, stop) => {
      const window = windows[entry >>> 1] as Interval;
      const place = { contig, start: start + stop - length, end: start + stop };
      const strand = (entry & 1) === 0 ? "+" : "-";
      if (place.contig === window.contig && place.start === window.start) return false;
      found.push({ window, place, strand });
      return true;
    });
    for (let at = start; at < end; at += PIECE) {
      const stop = Math.min(end, at + PIECE);
      scan.add(encodeBases(await genome.read({ contig, start: at, end: stop })).ids);
      for (const copy of found.splice(0)) if (await isCopy(genome, copy)) copies.push(copy);
      await onPiece(stop - at);
    }
  }
  return copies;
}

/** Two hashes of 32 bits are equal by chance once in 2^64; this says no even then. */
async function isCopy(genome: Genome, { window, place, strand }: WindowCopy): Promise<boolean> {
  const forward = encodeBases(await genome.read(window)).ids;
  const there = encodeWindow(await genome.read(place), place, strand).ids;
  return forward.every((id, i) => id === there[i]);
}
