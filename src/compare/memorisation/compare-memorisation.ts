/**
 * How much of the training set comes back: the longest stretch of each sequence that the training set holds too, beside that of
 * held-out real DNA, which shares repeats and short words with it as well.
 */

import { type BlockSums, blockCount, blockOf, weightedSums } from "../block-sums.ts";
import { compareArms, type ResampleOptions, type Statistic } from "../compare-arms.ts";
import { curve, type FigureName, figures, type MeasureResult } from "../figure.ts";

/** Matches of so many bases are long ones. */
const LONG = 50;

const FIGURES: readonly FigureName[] = [
  ["longest", "mean longest match to the training set", "bases"],
  ["long-share", `sequences with a match of ${LONG} bases or more`, "share"],
];

/** Lengths of the curve: ever wider apart. */
const FIRST_LENGTH = 10;
const STEP = 1.1;

/** @param matches the longest match of each sequence of an arm, in bases */
export function compareMemorisation(
  matches: { readonly generated: Uint32Array; readonly real: Uint32Array },
  options: ResampleOptions,
): MeasureResult {
  const blocks = blockCount(matches.generated.length);
  const most = [...matches.generated, ...matches.real].reduce((max, one) => Math.max(max, one), 0);
  const lengths = curveLengths(most);
  const statistics = {
    generated: shares(matches.generated, lengths, blocks),
    real: shares(matches.real, lengths, blocks),
  };
  const numbers = compareArms(statistics, blocks, options);
  return {
    measure: "memorisation",
    figures: figures(FIGURES, numbers),
    details: [],
    curves: [curve("matches", lengths, numbers.slice(FIGURES.length))],
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

/** Mean, share of long ones, and share of those of each length or more. */
function shares(matches: Uint32Array, lengths: readonly number[], blocks: number): Statistic {
  const limits = [LONG, ...lengths];
  const sums: BlockSums = {
    width: 2 + limits.length,
    blocks,
    values: new Float64Array(blocks * (2 + limits.length)),
  };
  for (const [place, match] of matches.entries()) {
    const row = [1, match, ...limits.map((limit) => (match >= limit ? 1 : 0))];
    const at = blockOf(place, blocks) * sums.width;
    for (const [i, term] of row.entries())
      sums.values[at + i] = (sums.values[at + i] as number) + term;
  }
  return (weights) => {
    const [count = 0, ...all] = weightedSums(sums, weights);
    return Float64Array.from(all, (sum) => sum / count);
  };
}
