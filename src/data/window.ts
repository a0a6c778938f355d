/** A window: the bases of one interval of the model's length, as the network takes them. */

import type { Genome } from "../genome/genome.ts";
import type { Interval, Strand } from "../genome/interval.ts";
import { isBase } from "../tokens/alphabet.ts";
import { reverseComplementIds } from "../tokens/complement.ts";
import { type EncodedBases, encodeBases } from "../tokens/encode.ts";

export interface Window extends EncodedBases {
  readonly interval: Interval;
  readonly strand: Strand;
}

/** Reads one window; on strand "-" it is the reverse complement, its soft-mask track reversed alike. */
export async function readWindow(
  genome: Genome,
  interval: Interval,
  strand: Strand,
): Promise<Window> {
  const encoded = encodeBases(await genome.read(interval));
  if (strand === "+") return { interval, strand, ...encoded };
  const ids = reverseComplementIds(encoded.ids);
  return { interval, strand, ids, isSoftMasked: encoded.isSoftMasked.slice().reverse() };
}

/** Number of A, C, G, T: what can be masked, predicted and counted. */
export function baseCount(ids: Uint8Array): number {
  let count = 0;
  for (const id of ids) if (isBase(id)) count++;
  return count;
}
