/**
 * Fréchet's distance of embeddings to the reference's. It grows as sequences become fewer, most of all where they are not many
 * more than an embedding has numbers: the real arm has as many.
 */

import { frechetDistance, type Moments } from "../stats/linear/frechet-distance.ts";
import { blockCount, blockOf } from "./block-sums.ts";
import { compareArms, type ResampleOptions } from "./compare-arms.ts";
import { type FigureName, figures, type MeasureResult } from "./figure.ts";
import { linearised } from "./linearised.ts";

/** The distance is computed without each block of every arm in turn. */
const MOST_BLOCKS = 32;
/** Without a block there have to be two sequences left. */
const LEAST_SEQUENCES = 4;

const FIGURES: readonly FigureName[] = [
  ["frechet", "Fréchet distance of embeddings", "none", [0, Number.POSITIVE_INFINITY]],
];

/** [sequences, width] each. */
export interface ArmEmbeddings {
  readonly width: number;
  readonly generated: Float32Array;
  readonly real: Float32Array;
  readonly reference: Float32Array;
}

/** Undefined where there are too few sequences. */
export function compareEmbeddings(
  embeddings: ArmEmbeddings,
  options: ResampleOptions,
): MeasureResult | undefined {
  const { width } = embeddings;
  const size = embeddings.generated.length / width;
  if (size < LEAST_SEQUENCES) return undefined;
  const blocks = Math.min(MOST_BLOCKS, blockCount(size));
  const sums = {
    generated: blockMoments(embeddings.generated, width, blocks),
    real: blockMoments(embeddings.real, width, blocks),
    reference: blockMoments(embeddings.reference, width, blocks),
  };
  const statisticOf = (own: readonly MomentSums[]) => {
    const [whole, all] = [momentsOf(own), momentsOf(sums.reference)];
    return linearised(frechetDistance(whole, all), {
      own: without(own, (moments) => frechetDistance(moments, all)),
      reference: without(sums.reference, (moments) => frechetDistance(whole, moments)),
    });
  };
  const statistics = { generated: statisticOf(sums.generated), real: statisticOf(sums.real) };
  return {
    measure: "embedding",
    blocks,
    figures: figures(FIGURES, compareArms(statistics, blocks, options)),
    details: [],
    curves: [],
    notes: [`${size} sequences of each set, embeddings of ${width} numbers.`],
  };
}

interface MomentSums {
  count: number;
  /** [width] */
  readonly sum: Float64Array;
  /** [width, width] sums of products */
  readonly products: Float64Array;
}

function blockMoments(features: Float32Array, width: number, blocks: number): MomentSums[] {
  const sums = Array.from({ length: blocks }, (): MomentSums => emptySums(width));
  const size = features.length / width;
  for (let place = 0; place < size; place++) {
    const into = sums[blockOf(place, size, blocks)] as MomentSums;
    const row = features.subarray(place * width, (place + 1) * width);
    into.count++;
    for (let i = 0; i < width; i++) {
      const value = row[i] as number;
      into.sum[i] = (into.sum[i] as number) + value;
      for (let j = 0; j < width; j++) {
        const at = i * width + j;
        into.products[at] = (into.products[at] as number) + value * (row[j] as number);
      }
    }
  }
  return sums;
}

function emptySums(width: number): MomentSums {
  return { count: 0, sum: new Float64Array(width), products: new Float64Array(width * width) };
}

/** Mean and covariance over n − 1 of all blocks but `left`. */
function momentsOf(sums: readonly MomentSums[], left?: number): Moments {
  const width = (sums[0] as MomentSums).sum.length;
  const all = emptySums(width);
  for (const [block, { count, sum, products }] of sums.entries()) {
    if (block === left) continue;
    all.count += count;
    for (let i = 0; i < sum.length; i++) all.sum[i] = (all.sum[i] as number) + (sum[i] as number);
    for (let i = 0; i < products.length; i++) {
      all.products[i] = (all.products[i] as number) + (products[i] as number);
    }
  }
  const mean = all.sum.map((value) => value / all.count);
  const covariance = all.products.map((value, at) => {
    const [i, j] = [Math.floor(at / width), at % width];
    const expected = all.count * (mean[i] as number) * (mean[j] as number);
    return (value - expected) / (all.count - 1);
  });
  return { mean, covariance };
}

function without(
  sums: readonly MomentSums[],
  distance: (moments: Moments) => number,
): Float64Array {
  return Float64Array.from(sums, (_, block) => distance(momentsOf(sums, block)));
}
