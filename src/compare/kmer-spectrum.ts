/** The spectrum of k-mers: how far it is from the reference's, and how well their ranks agree. */

import { spearman } from "../stats/correlation.ts";
import { jensenShannonBits, total } from "../stats/divergence.ts";
import type { Compared } from "./compare-arms.ts";
import { curve, type FigureName, figures, type MeasureResult } from "./figure.ts";
import { KMER_LENGTHS, kmersOf, kmerText } from "./kmer-counts.ts";

/** Lengths whose ranks are compared. */
const RANKED = [3, 6] as const;
/** Of this length every k-mer's own share is a detail. */
const SHOWN = 4;

const FIGURES: readonly FigureName[] = [
  ...KMER_LENGTHS.map((k): FigureName => [`divergence-${k}`, `divergence of ${k}-mers`, "bits"]),
  ...RANKED.map((k): FigureName => [`rank-${k}`, `rank correlation of ${k}-mers`, "none", [-1, 1]]),
];

const SHARES: readonly FigureName[] = Array.from({ length: 4 ** SHOWN }, (_, code): FigureName => {
  const text = kmerText(code, SHOWN);
  return [`share-${text}`, text, "share"];
});

export const SPECTRUM_NUMBERS: number = FIGURES.length + SHARES.length;

/** From the counts of `addKmers`: Jensen–Shannon divergence in bits for k = 1 … 6, rank correlations, and the shares of 4-mers. */
export function spectrumNumbers(own: Float64Array, reference: Float64Array): readonly number[] {
  const shown = kmersOf(own, SHOWN);
  const all = total(shown);
  return [
    ...KMER_LENGTHS.map((k) => jensenShannonBits(kmersOf(own, k), kmersOf(reference, k))),
    ...RANKED.map((k) => spearman(kmersOf(own, k), kmersOf(reference, k))),
    ...shown.map((count) => count / all),
  ];
}

export function spectrumResult(blocks: number, numbers: readonly Compared[]): MeasureResult {
  return {
    measure: "kmers",
    blocks,
    figures: figures(FIGURES, numbers),
    details: figures(SHARES, numbers.slice(FIGURES.length)),
    curves: [curve("divergence", "bits", KMER_LENGTHS, numbers)],
    notes: [],
  };
}
