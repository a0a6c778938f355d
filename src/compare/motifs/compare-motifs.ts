/** How often motifs stand in a set, and how well the rates of all motifs agree with the reference's. */

import { pearson, spearman } from "../../stats/correlation.ts";
import type { Arms } from "../arms.ts";
import { type BlockSums, blockCount, blockOf, weightedSums } from "../block-sums.ts";
import { compareArms, type ResampleOptions, type Statistic } from "../compare-arms.ts";
import { type FigureName, figures, type MeasureResult } from "../figure.ts";
import type { MotifSet } from "./motif.ts";
import { motifScanner, readForScan } from "./scan-motif.ts";
import { type ScoreMatrix, scoreMatrix } from "./score-matrix.ts";

/** With fewer motifs their rates say nothing of a correlation. */
const LEAST_MOTIFS = 3;

const FIGURES: readonly FigureName[] = [
  ["correlation", "correlation of motif rates", "none", [-1, 1]],
  ["rank-correlation", "rank correlation of motif rates", "none", [-1, 1]],
];

export interface MotifFacts {
  readonly name: string;
  readonly label: string | undefined;
  /** Bases. */
  readonly width: number;
  /** Probability of a hit on one strand, at a place of the background. */
  readonly pValue: number;
}

export interface MotifComparison {
  readonly result: MeasureResult;
  /** In the order of the details. */
  readonly motifs: readonly MotifFacts[];
}

/** Hits per kilobase of every motif; a place where it stands on both strands counts once. */
export function compareMotifs(
  arms: Arms,
  set: MotifSet,
  mostPValue: number,
  options: ResampleOptions,
): MotifComparison {
  const matrices = set.motifs.map((motif) => scoreMatrix(motif, set.background, mostPValue));
  const blocks = blockCount(arms.generated.length);
  const reference = countHits(arms.reference, blocks, matrices);
  const statistic = (sequences: readonly Uint8Array[]): Statistic => {
    const own = countHits(sequences, blocks, matrices);
    return (weights, referenceWeights) => {
      const rates = ratesOf(weightedSums(own, weights));
      const expected = ratesOf(weightedSums(reference, referenceWeights));
      const isEnough = rates.length >= LEAST_MOTIFS;
      return Float64Array.of(
        isEnough ? pearson(rates, expected) : Number.NaN,
        isEnough ? spearman(rates, expected) : Number.NaN,
        ...rates,
      );
    };
  };
  const statistics = { generated: statistic(arms.generated), real: statistic(arms.real) };
  const numbers = compareArms(statistics, blocks, options);
  const names = set.motifs.map(({ name, label }): FigureName => [name, label ?? name, "per kb"]);
  return {
    result: {
      measure: "motifs",
      blocks,
      figures: figures(FIGURES, numbers),
      details: figures(names, numbers.slice(FIGURES.length)),
      curves: [],
      notes: notesOf(matrices, mostPValue),
    },
    motifs: matrices.map(({ width, pValue }, i) => {
      const { name, label } = set.motifs[i] as MotifSet["motifs"][number];
      return { name, label, width, pValue };
    }),
  };
}

/** Sums of blocks: the hits of each motif, then bases. */
function countHits(
  sequences: readonly Uint8Array[],
  blocks: number,
  matrices: readonly ScoreMatrix[],
): BlockSums {
  const width = matrices.length + 1;
  const values = new Float64Array(blocks * width);
  const add = (place: number, column: number, count: number): void => {
    const at = blockOf(place, sequences.length, blocks) * width + column;
    values[at] = (values[at] as number) + count;
  };
  const read = sequences.map(readForScan);
  for (const [column, matrix] of matrices.entries()) {
    const scan = motifScanner(matrix); // one motif after the other: its tables stay in the cache
    for (const [place, sequence] of read.entries()) add(place, column, scan(sequence));
  }
  for (const [place, ids] of sequences.entries()) {
    add(
      place,
      matrices.length,
      ids.reduce((bases, id) => bases + (id < 4 ? 1 : 0), 0),
    );
  }
  return { width, blocks, values };
}

/** Per kilobase. */
function ratesOf(sums: Float64Array): Float64Array {
  const bases = sums.at(-1) as number;
  return sums.subarray(0, -1).map((hits) => (1000 * hits) / bases);
}

function notesOf(matrices: readonly ScoreMatrix[], mostPValue: number): string[] {
  const short = matrices.filter(({ pValue }) => pValue > mostPValue).length;
  if (short === 0) return [];
  const which = short === 1 ? "One motif is" : `${short} motifs are`;
  return [
    `${which} so short that even the best word is likelier than ${mostPValue} by chance: of these a hit is a word of the best score.`,
  ];
}
