/**
 * How much of the training set comes back: the longest stretch of each sequence that the training set holds too, beside that of
 * held-out real DNA, which shares repeats and short words with it as well.
 */

import { type BlockSums, blockCount, blockOf, weightedSums } from "../block-sums.ts";
import { compareArms, type ResampleOptions, type Statistic } from "../compare-arms.ts";
import { curve, type FigureName, figures, type MeasureResult } from "../figure.ts";
import { ofSequences } from "../sequence-share.ts";

/** Matches of so many bases are long ones. */
const LONG = 50;

const FIGURES: readonly FigureName[] = [
  ["longest", "mean longest match to the training set", "bases"],
  ["long-share", `sequences with a match of ${LONG} bases or more`, "share"],
  ["half-share", "sequences half of which, or more, is one match", "share"],
];

/** Lengths of the curve: ever wider apart. */
const FIRST_LENGTH = 10;
const STEP = 1.1;

/** The sequences of an arm, [sequences] each. */
export interface ArmMatches {
  /** Bases of the longest match. */
  readonly matches: Uint32Array;
  /** Bases of the sequence. */
  readonly lengths: Uint32Array;
}

export function compareMemorisation(
  generated: ArmMatches,
  real: ArmMatches,
  options: ResampleOptions,
): MeasureResult {
  const blocks = blockCount(generated.matches.length);
  const most = [generated, real].reduce(
    (max, { matches }) => matches.reduce((one, match) => Math.max(one, match), max),
    0,
  );
  const lengths = curveLengths(most);
  const statistics = {
    generated: shares(generated, lengths, blocks),
    real: shares(real, lengths, blocks),
  };
  const numbers = compareArms(statistics, blocks, options);
  return {
    measure: "memorisation",
    blocks,
    figures: figures(FIGURES, numbers).map((figure) =>
      figure.unit === "share" ? ofSequences(figure, generated.matches.length) : figure,
    ),
    details: [],
    curves: [curve("matches", "share", lengths, numbers.slice(FIGURES.length))],
    notes: [],
  };
}

function curveLengths(most: number): number[] {
  const lengths: number[] = [];
  for (let length = FIRST_LENGTH; ; length = Math.ceil(length * STEP)) {
    lengths.push(length);
    if (length > most) return lengths;
  }
}

/** Mean, share of long ones, of those of half a sequence, and of those of each length or more. */
function shares(arm: ArmMatches, limits: readonly number[], blocks: number): Statistic {
  const width = 4 + limits.length;
  const sums: BlockSums = { width, blocks, values: new Float64Array(blocks * width) };
  for (const [place, match] of arm.matches.entries()) {
    const half = (arm.lengths[place] as number) / 2;
    const reached = [LONG, half, ...limits].map((limit) => (match >= limit ? 1 : 0));
    const row = [1, match, ...reached];
    const at = blockOf(place, arm.matches.length, blocks) * sums.width;
    for (const [i, term] of row.entries())
      sums.values[at + i] = (sums.values[at + i] as number) + term;
  }
  return (weights) => {
    const [count = 0, ...all] = weightedSums(sums, weights);
    return Float64Array.from(all, (sum) => sum / count);
  };
}
