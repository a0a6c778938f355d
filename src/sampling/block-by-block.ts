/**
 * Block after block from left to right, bases of a block in random order: the sampler of block diffusion (BD3-LM, arXiv:2503.09573).
 * With a call a base it is exact; with fewer, the bases of one call are drawn without each other. A block sees nothing behind it, so
 * nothing kept may stand in a later block than a free base; within a block bases may be kept anywhere. Rows may be of any length.
 */

import { blocksOf } from "../diffusion/blocks.ts";
import { MASK_ID } from "../tokens/alphabet.ts";
import { Canvas } from "./canvas.ts";
import { expectPrefix } from "./expect-prefix.ts";
import type { RandomOrderOptions } from "./random-order.ts";
import { revealCounts } from "./reveal-schedule.ts";
import { idsOfRow, type Sampler, type SamplerRandom } from "./sampler.ts";
import { shareCalls } from "./share-calls.ts";
import { shuffled } from "./shuffled.ts";

export interface BlockByBlockOptions extends RandomOrderOptions {
  /** Bases of a block, as the network was trained; `calls` are those of all blocks, one at least for each with a free base. */
  readonly blockLength: number;
}

/**
 * Fills the blocks of every row in turn, each with its share of the calls.
 *
 * @param denoise a position sees its own block and those before it
 * @throws {SamplingError} when a row keeps a base in a block behind one with a free base, or there are fewer calls than blocks
 */
export const blockByBlockSampler: Sampler<BlockByBlockOptions> = async (
  denoise,
  batch,
  options,
  random,
) => {
  const canvas = new Canvas(denoise, batch);
  const plans = canvas.rows.map((row) =>
    planRow(idsOfRow(batch, row), options, random, canvas.sample(row)),
  );
  const uniform = (sample: number, position: number): number =>
    random.token.uniform(sample, 0, position);
  for (let call = 0; call < options.calls; call++) {
    const due = plans.map((plan) => plan[call] ?? []);
    await canvas.reveal(due, uniform, options);
  }
  return canvas.ids;
};

/** The free positions of a block, and the calls that reveal them. */
interface BlockShare {
  readonly positions: readonly number[];
  readonly calls: number;
}

/**
 * Shares calls among the blocks of a row that have a free base.
 *
 * @param ids [length] MASK where free
 * @throws {SamplingError} when a base is kept in a block behind one with a free base, or there are fewer calls than blocks
 */
export function blockShares(
  ids: Uint8Array,
  { calls, blockLength }: Pick<BlockByBlockOptions, "calls" | "blockLength">,
): BlockShare[] {
  expectPrefix(ids, blockLength);
  const parts = blocksOf(ids.length, blockLength)
    .map(({ begin, end }) =>
      Array.from({ length: end - begin }, (_, i) => begin + i).filter(
        (position) => ids[position] === MASK_ID,
      ),
    )
    .filter((positions) => positions.length > 0);
  const shares = shareCalls(
    calls,
    parts.map((positions) => positions.length),
    "block",
  );
  return parts.map((positions, i) => ({ positions, calls: shares[i] as number }));
}

/** Positions that each call reveals in a row; it depends on that row alone. */
function planRow(
  ids: Uint8Array,
  options: BlockByBlockOptions,
  random: SamplerRandom,
  sample: number,
): number[][] {
  return blockShares(ids, options).flatMap(({ positions, calls }) => {
    const rest = shuffled(positions, random.order, sample);
    const counts = revealCounts(options.schedule, positions, calls, random.order, sample);
    return counts.map((count) => rest.splice(0, count));
  });
}
