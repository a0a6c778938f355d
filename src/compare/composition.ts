/**
 * Composition: share of G and C over sequences, CpG, and how often each pair of neighbours occurs for its bases.
 * CpG o/e is N · #CpG / (#C · #G) (Gardiner-Garden and Frommer, J. Mol. Biol. 196, 1987), a pair's odds ratio f(xy) / (f(x) f(y)),
 * and the distance of two sets' odds ratios their mean difference (Karlin and Burge, Trends Genet. 11, 1995).
 */

import { total, wassersteinBins } from "../stats/divergence.ts";
import { gcShare } from "../stats/features/gc-share.ts";
import { type AdditiveMeasure, compareAdditive, increase } from "./additive.ts";
import type { Arms } from "./arms.ts";
import type { ResampleOptions } from "./compare-arms.ts";
import { curve, type FigureName, figures, type MeasureResult } from "./figure.ts";

/** Bins of the GC histogram. */
const GC_BINS = 100;
/** Neighbouring bins that are one point of its curve. */
const JOINED = 2;
const CURVE_BINS = GC_BINS / JOINED;

/** Where sums of a sequence lie: bases, pairs, GC histogram, and of GC shares their number, sum and sum of squares. */
const AT = { bases: 0, pairs: 4, bins: 20, moments: 20 + GC_BINS } as const;

const FIGURES: readonly FigureName[] = [
  ["gc-mean", "mean GC", "share"],
  ["gc-deviation", "standard deviation of GC over sequences", "share"],
  ["gc-distance", "distance of the GC histogram", "share"],
  ["cpg", "CpG observed / expected", "none"],
  ["dinucleotide-distance", "distance of dinucleotide odds ratios", "none"],
];

const PAIRS: readonly FigureName[] = [..."ACGT"].flatMap((first) =>
  [..."ACGT"].map((second): FigureName => [`odds-${first}${second}`, first + second, "none"]),
);

const measure: AdditiveMeasure = {
  width: AT.moments + 3,
  add: (ids, sums, at) => {
    let before = 4;
    for (const id of ids) {
      if (id < 4) {
        increase(sums, at + AT.bases + id, 1);
        if (before < 4) increase(sums, at + AT.pairs + 4 * before + id, 1);
      }
      before = id;
    }
    const share = gcShare(ids);
    if (share === undefined) return;
    increase(sums, at + AT.bins + Math.min(GC_BINS - 1, Math.floor(share * GC_BINS)), 1);
    increase(sums, at + AT.moments, 1);
    increase(sums, at + AT.moments + 1, share);
    increase(sums, at + AT.moments + 2, share * share);
  },
  numbers: (own, reference) => {
    const histogram = own.subarray(AT.bins, AT.moments);
    const distance = wassersteinBins(histogram, reference.subarray(AT.bins, AT.moments)) / GC_BINS;
    const [count = 0, sum = 0, squares = 0] = own.subarray(AT.moments);
    const mean = sum / count;
    const odds = oddsRatios(own);
    return Float64Array.of(
      mean,
      Math.sqrt(Math.max(0, squares / count - mean * mean)),
      distance,
      cpgRatio(own),
      meanDifference(odds, oddsRatios(reference)),
      ...odds,
      ...Array.from(
        { length: CURVE_BINS },
        (_, bin) => total(histogram.subarray(JOINED * bin, JOINED * (bin + 1))) / count,
      ),
    );
  },
};

export function compareComposition(arms: Arms, options: ResampleOptions): MeasureResult {
  const { blocks, numbers } = compareAdditive(measure, arms, options);
  const details = numbers.slice(FIGURES.length);
  const shares = Array.from({ length: CURVE_BINS }, (_, bin) => (bin + 0.5) / CURVE_BINS);
  return {
    measure: "composition",
    blocks,
    figures: figures(FIGURES, numbers),
    details: figures(PAIRS, details),
    curves: [curve("gc-histogram", "share", shares, details.slice(PAIRS.length))],
    notes: [],
  };
}

function cpgRatio(sums: Float64Array): number {
  const [, c = 0, g = 0] = sums;
  return (total(sums.subarray(0, 4)) * (sums[AT.pairs + 4 * 1 + 2] as number)) / (c * g);
}

/** [16], row by first base. */
function oddsRatios(sums: Float64Array): Float64Array {
  const bases = sums.subarray(AT.bases, AT.pairs);
  const pairs = sums.subarray(AT.pairs, AT.bins);
  const [allBases, allPairs] = [total(bases), total(pairs)];
  return pairs.map((count, pair) => {
    const expected = ((bases[pair >> 2] as number) * (bases[pair & 3] as number)) / allBases ** 2;
    return count / allPairs / expected;
  });
}

/** Over pairs that both know. */
function meanDifference(a: Float64Array, b: Float64Array): number {
  const differences = a
    .map((value, i) => Math.abs(value - (b[i] as number)))
    .filter(Number.isFinite);
  return total(differences) / differences.length;
}
