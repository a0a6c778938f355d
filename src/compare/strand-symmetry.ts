/**
 * Strand symmetry: in long real DNA a k-mer is about as frequent as its reverse complement (Chargaff's second rule), and so it
 * should be in sequences of both strands.
 */

import { jensenShannonBits } from "../stats/divergence.ts";
import { reverseComplementKmer } from "../stats/reverse-complement-kmer.ts";
import type { Compared } from "./compare-arms.ts";
import { curve, type FigureName, figures, type MeasureResult } from "./figure.ts";
import { KMER_LENGTHS, kmersOf } from "./kmer-counts.ts";

/** Lengths whose divergence is a figure; the others are points of the curve. */
const SHOWN = [1, 3, 6] as const;

const FIGURES = SHOWN.map(
  (k): FigureName => [`asymmetry-${k}`, `divergence of ${k}-mers from their complements`, "bits"],
);

/** From the counts of `addKmers`: Jensen–Shannon divergence between k-mers and their reverse complements in bits, for k = 1 … 6. */
export function symmetryNumbers(own: Float64Array): readonly number[] {
  return KMER_LENGTHS.map((k) => {
    const counts = kmersOf(own, k);
    const others = counts.map((_, kmer) => counts[reverseComplementKmer(kmer, k)] as number);
    return jensenShannonBits(counts, others);
  });
}

export function symmetryResult(blocks: number, numbers: readonly Compared[]): MeasureResult {
  const shown = SHOWN.map((k) => numbers[k - 1] as Compared);
  return {
    measure: "strands",
    blocks,
    figures: figures(FIGURES, shown),
    details: [],
    curves: [curve("asymmetry", "bits", KMER_LENGTHS, numbers)],
    notes: [],
  };
}
