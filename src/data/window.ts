/** A window: the bases of one interval of the model's length, as the network takes them. */

import type { Genome } from "../genome/genome.ts";
import type { Interval, Strand } from "../genome/interval.ts";
import { isBase } from "../tokens/alphabet.ts";
import { reverseComplementIds } from "../tokens/complement.ts";
import { type EncodedBases, encodeBases } from "../tokens/encode.ts";

export interface Window extends EncodedBases {
  readonly interval: Interval;
  readonly strand: Strand;
  /** Its class, where that is known. */
  readonly label?: number;
}

/**
 * Makes the window of the bases that a genome read; on strand "-" it is the reverse complement, its soft-mask track
 * reversed alike.
 */
export function encodeWindow(bases: Uint8Array, interval: Interval, strand: Strand): Window {
  const { ids, isSoftMasked } = encodeBases(bases);
  if (strand === "+") return { interval, strand, ids, isSoftMasked };
  return { interval, strand, ids: reverseComplementIds(ids), isSoftMasked: isSoftMasked.reverse() };
}

/** Reads one window. */
export async function readWindow(
  genome: Genome,
  interval: Interval,
  strand: Strand,
): Promise<Window> {
  return encodeWindow(await genome.read(interval), interval, strand);
}

/** Number of A, C, G, T: what can be masked, predicted and counted. */
export function baseCount(ids: Uint8Array): number {
  let count = 0;
  for (const id of ids) if (isBase(id)) count++;
  return count;
}
