/** What generated sequences are measured beside: windows of the test, and sequences of Markov models of the training regions. */

import { spreadTiles } from "../../src/data/tiles.ts";
import { readWindow } from "../../src/data/window.ts";
import { RegionError } from "../../src/errors.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { sampleBases } from "../../src/stats/sample-bases.ts";
import { isBase } from "../../src/tokens/alphabet.ts";
import { countContexts } from "../count-contexts.ts";
import type { RunData } from "../open-data.ts";

/** Windows that are looked at for each that a seed needs: seeds draw different ones where there are enough. */
const SPARE = 8;
/** Bases alone, and what knows words of four and of six. */
const ORDERS = [0, 3, 5] as const;

export interface MarkovSequences {
  readonly name: string;
  /** Sequences of a seed. */
  readonly draw: (seed: number) => readonly Uint8Array[];
}

/**
 * Returns windows of the test without any N, evenly spread.
 *
 * @throws {RegionError} when there are fewer than two: a half stands in the place of the generated
 */
export async function realWindows(
  { genome, splits }: Pick<RunData, "genome" | "splits">,
  length: number,
  count: number,
): Promise<readonly Uint8Array[]> {
  const windows: Uint8Array[] = [];
  for (const interval of spreadTiles(splits.test, length, SPARE * count)) {
    const { ids } = await readWindow(genome, interval, "+");
    if (ids.every(isBase)) windows.push(ids);
  }
  if (windows.length >= 2) return windows;
  throw new RegionError(
    `expected two windows of ${length} bases without an N in the test regions, got ${windows.length}: give longer ones, or a smaller --length`,
  );
}

/** Counts the training regions; every model draws `count` sequences of `length` bases a seed. */
export async function markovSequences(
  { genome, splits }: Pick<RunData, "genome" | "splits">,
  length: number,
  count: number,
  turn: () => Promise<void>,
): Promise<readonly MarkovSequences[]> {
  const { counts } = await countContexts(genome, splits.train, Math.max(...ORDERS), turn);
  return ORDERS.map((order) => {
    const model = markovModel(counts, order);
    return {
      name: `Markov order ${order}`,
      draw: (seed) => {
        const random = addressedRandom(seed, "markovSample");
        return Array.from({ length: count }, (_, i) =>
          sampleBases(model, length, (position) => random.uniform(i, order, position)),
        );
      },
    };
  });
}
