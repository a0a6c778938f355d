/** Reading frames that hold no stop codon of the standard genetic code (NCBI translation table 1: TAA, TAG, TGA). */

import { reverseComplementSets, setsOfLetters } from "../../tokens/iupac.ts";
import type { ForbiddenWord } from "./design-rules.ts";

/** The frames of the two strands: 1, 2, 3 from the region's first base on, −1, −2, −3 from its last base back. */
export const FRAMES = [1, 2, 3, -1, -2, -3] as const;

type Frame = (typeof FRAMES)[number];

/** A region, [start, end) from 0, and how codons lie in it. */
export interface OpenFrame {
  readonly start: number;
  readonly end: number;
  readonly frame: Frame;
}

const STOPS = ["TAA", "TAG", "TGA"];
const CODON = 3;

/** No stop among the codons that lie whole in the region. */
export function withoutStops({ start, end, frame }: OpenFrame): ForbiddenWord[] {
  const skipped = Math.abs(frame) - 1;
  const first = frame > 0 ? start + skipped : start + ((end - start - skipped) % CODON);
  const last = frame > 0 ? end : end - skipped;
  return STOPS.map((stop) => {
    const sets = setsOfLetters(stop) as Uint8Array;
    return {
      name: `stop codon ${stop} in frame ${frame} of ${start + 1}-${end}`,
      sets: frame > 0 ? sets : reverseComplementSets(sets),
      places: { from: first, to: last, step: CODON },
    };
  });
}
