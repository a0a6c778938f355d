/** How much sequences of a set differ from each other: words in common, distinct words, copies. */

import { kmerCount, RollingContext } from "../stats/rolling-context.ts";
import { reverseComplementIds } from "../tokens/complement.ts";
import { increase } from "./additive.ts";
import type { Arms } from "./arms.ts";
import { type BlockSums, blockCount, blockOf, MOST_BLOCKS, weightedSums } from "./block-sums.ts";
import { compareArms, type ResampleOptions, type Statistic } from "./compare-arms.ts";
import { contentNumber } from "./content-number.ts";
import { type FigureName, figures, type MeasureResult } from "./figure.ts";
import { linearised } from "./linearised.ts";
import { ofSequences } from "./sequence-share.ts";

/** Words whose counts are compared, and words that are counted once. */
const SHARED = 6;
const DISTINCT = 12;

const FIGURES: readonly FigureName[] = [
  ["similarity", `mean cosine of ${SHARED}-mer counts of two sequences`, "none", [0, 1]],
  ["distinct", `distinct ${DISTINCT}-mers among all`, "share"],
  ["copies", "sequences that another one equals, on either strand", "share"],
];

export function compareDiversity(arms: Arms, options: ResampleOptions): MeasureResult {
  const blocks = blockCount(arms.generated.length);
  const statistic = (sequences: readonly Uint8Array[]): Statistic => {
    const parts = [
      meanCosine(sequences, blocks),
      distinctShare(sequences, blocks),
      copiedShare(sequences, blocks),
    ];
    return (own, reference) =>
      Float64Array.from(parts, (part) => part(own, reference)[0] as number);
  };
  const statistics = { generated: statistic(arms.generated), real: statistic(arms.real) };
  return {
    measure: "diversity",
    blocks,
    figures: figures(FIGURES, compareArms(statistics, blocks, options)).map((figure) =>
      figure.name === "copies" ? ofSequences(figure, arms.generated.length) : figure,
    ),
    details: [],
    curves: [],
    notes: [],
  };
}

/**
 * The mean over pairs of two different sequences of the cosine of their word counts: (|Σ u|² − n) / (n (n − 1)), u counts of
 * length 1. A draw pairs no sequence with a copy of itself. NaN for fewer than two sequences with words.
 */
export function meanCosine(sequences: readonly Uint8Array[], blocks: number): Statistic {
  const words = kmerCount(SHARED);
  const sums: BlockSums = {
    width: words + 1,
    blocks,
    values: new Float64Array(blocks * (words + 1)),
  };
  const counts = new Float64Array(words);
  for (const [place, ids] of sequences.entries()) {
    counts.fill(0);
    const context = new RollingContext(SHARED - 1);
    for (const id of ids) {
      if (context.push(id) && context.order === SHARED - 1) {
        counts[context.kmer] = (counts[context.kmer] as number) + 1;
      }
    }
    const length = Math.sqrt(counts.reduce((sum, count) => sum + count * count, 0));
    if (length === 0) continue;
    const at = blockOf(place, sequences.length, blocks) * sums.width;
    for (let word = 0; word < words; word++) {
      sums.values[at + word] =
        (sums.values[at + word] as number) + (counts[word] as number) / length;
    }
    sums.values[at + words] = (sums.values[at + words] as number) + 1;
  }
  return (weights) => {
    const sum = weightedSums(sums, weights);
    const count = sum[words] as number;
    let squares = 0;
    for (let word = 0; word < words; word++) squares += (sum[word] as number) ** 2;
    let itself = 0; // pairs of a sequence with itself or with its copies
    for (let block = 0; block < blocks; block++) {
      itself +=
        (weights[block] as number) ** 2 * (sums.values[block * sums.width + words] as number);
    }
    return Float64Array.of((squares - itself) / (count * count - itself));
  };
}

/** Distinct words over all words. */
export function distinctShare(sequences: readonly Uint8Array[], blocks: number): Statistic {
  const places = sequences.reduce((sum, { length }) => sum + length, 0);
  const words = new Uint32Array(places); // with their block in the lowest bits
  let total = 0;
  const all = new Float64Array(blocks);
  const context = new RollingContext(DISTINCT - 1);
  for (const [place, ids] of sequences.entries()) {
    const block = blockOf(place, sequences.length, blocks);
    context.clear();
    for (const id of ids) {
      if (!context.push(id) || context.order < DISTINCT - 1) continue;
      words[total++] = context.kmer * MOST_BLOCKS + block;
      all[block] = (all[block] as number) + 1;
    }
  }
  const sorted = words.subarray(0, total).sort();
  const alone = new Float64Array(blocks); // words that no other block has
  let distinct = 0;
  for (let from = 0; from < total; ) {
    const first = sorted[from] as number;
    const wordEnd = (Math.floor(first / MOST_BLOCKS) + 1) * MOST_BLOCKS;
    let to = from + 1;
    while (to < total && (sorted[to] as number) < wordEnd) to++;
    if (sorted[to - 1] === first) increase(alone, first % MOST_BLOCKS, 1);
    distinct++;
    from = to;
  }
  const own = alone.map((count, block) => (distinct - count) / (total - (all[block] as number)));
  return linearised(distinct / total, { own });
}

/** Of sequences, those that are equal to another one of the set or to its reverse complement. */
export function copiedShare(sequences: readonly Uint8Array[], blocks: number): Statistic {
  const keys = Float64Array.from(sequences, (ids) =>
    Math.min(contentNumber(ids), contentNumber(reverseComplementIds(ids))),
  );
  const seen = new Map<number, number>();
  for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  const copies = new Float64Array(blocks);
  const all = new Float64Array(blocks);
  for (const [place, key] of keys.entries()) {
    const block = blockOf(place, sequences.length, blocks);
    all[block] = (all[block] as number) + 1;
    if ((seen.get(key) as number) > 1) copies[block] = (copies[block] as number) + 1;
  }
  const dot = (weights: Float64Array, values: Float64Array): number =>
    weights.reduce((sum, weight, block) => sum + weight * (values[block] as number), 0);
  return (weights) => Float64Array.of(dot(weights, copies) / dot(weights, all));
}
