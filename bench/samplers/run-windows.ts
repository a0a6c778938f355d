/** Real windows of a run: what its samples are compared with. */

import { openRunData } from "../../pipelines/open-run-data.ts";
import type { PretrainConfig } from "../../pipelines/pretrain/options.ts";
import { spreadTiles } from "../../src/data/tiles.ts";
import { baseCount, readWindow } from "../../src/data/window.ts";
import { UsageError } from "../../src/errors.ts";

/** What a run was trained on, and what was held out. */
export type Split = "train" | "test";

/**
 * Returns `count` windows of one of the run's splits without N, ids [length] each, evenly spread and on either strand by turns,
 * as the network was trained on both.
 *
 * @throws {UsageError} when there are fewer
 */
export async function runWindows(
  run: string,
  config: PretrainConfig,
  split: Split,
  count: number,
): Promise<Uint8Array[]> {
  const io = {
    stderr: () => {},
    progress: { update: () => {}, finish: () => {} },
    signal: new AbortController().signal,
  };
  const { genome, splits } = await openRunData(run, config, io);
  try {
    const { length } = config.data;
    const known: Uint8Array[] = [];
    for (const tile of spreadTiles(splits[split], length, 2 * count)) {
      const { ids } = await readWindow(genome, tile, known.length % 2 === 0 ? "+" : "-");
      if (baseCount(ids) === length) known.push(ids);
    }
    if (known.length < count) {
      throw new UsageError(
        `expected ${count} windows of ${length} bases without N in the ${split} split of ${run}, got ${known.length}: ask for fewer --sequences`,
      );
    }
    return Array.from(
      { length: count },
      (_, i) => known[Math.floor((i * known.length) / count)] as Uint8Array,
    );
  } finally {
    await genome.close();
  }
}
