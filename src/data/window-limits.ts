/** Which windows are trained on. */

import { BASE_COUNT } from "../tokens/alphabet.ts";
import type { EncodedBases } from "../tokens/encode.ts";

export interface WindowLimits {
  /** Largest share of N in a window. */
  readonly maxN: number;
  /** Largest share of soft-masked bases among a window's A, C, G and T. */
  readonly maxSoftMasked: number;
}

/** What of a window the limits are about. */
export interface WindowContent {
  /** A, C, G, T. */
  readonly bases: number;
  /** Those of them that are lower case in the file. */
  readonly softMasked: number;
}

/** Counts what the limits are about. */
export function windowContent({ ids, isSoftMasked }: EncodedBases): WindowContent {
  let bases = 0;
  let softMasked = 0;
  for (let i = 0; i < ids.length; i++) {
    const isBase = (ids[i] as number) < BASE_COUNT ? 1 : 0;
    bases += isBase;
    softMasked += isBase & (isSoftMasked[i] as number);
  }
  return { bases, softMasked };
}

/** Whether a window of `length` bases with this content is within the limits; one without a base never is. */
export function isWithinLimits(
  { bases, softMasked }: WindowContent,
  length: number,
  { maxN, maxSoftMasked }: WindowLimits,
): boolean {
  return bases > 0 && (length - bases) / length <= maxN && softMasked / bases <= maxSoftMasked;
}

/** Says the limits as a part of a sentence: `at most 5 % N (--max-n)`. */
export function formatLimits({ maxN, maxSoftMasked }: WindowLimits): string {
  const softMasked =
    maxSoftMasked < 1 ? ` and ${percent(maxSoftMasked)} % soft-masked (--max-soft-masked)` : "";
  return `at most ${percent(maxN)} % N (--max-n)${softMasked}`;
}

function percent(share: number): number {
  return Number((100 * share).toPrecision(12));
}
