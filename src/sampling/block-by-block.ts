/**
 * Block after block from left to right, bases of a block in random order: the sampler of block diffusion (BD3-LM, arXiv:2503.09573).
 * With a call a base it is exact; with fewer, the bases of one call are drawn without each other. A block sees nothing behind it, so
 * nothing kept may stand in a later block than a free base; within a block bases may be kept anywhere. Rows may be of any length.
 */

import { blocksOf } from "../diffusion/blocks.ts";
import { SamplingError } from "../errors.ts";
import { isBase } from "../tokens/alphabet.ts";
import { Canvas } from "./canvas.ts";
import type { RandomOrderOptions } from "./random-order.ts";
import { revealCounts } from "./reveal-schedule.ts";
import type { Sampler, SamplerBatch, SamplerRandom } from "./sampler.ts";
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
  const plans = canvas.rows.map((row) => {
    const free = canvas.masked(row);
    expectPrefix(batch, row, free, options.blockLength);
    return planRow(free, batch.length, options, random, canvas.sample(row));
  });
  const uniform = (sample: number, position: number): number =>
    random.token.uniform(sample, 0, position);
  for (let call = 0; call < options.calls; call++) {
    const due = plans.map((plan) => plan[call] ?? []);
    await canvas.reveal(due, uniform, options);
  }
  return canvas.ids;
};

/** Positions that each call reveals in a row; it depends on that row alone. */
function planRow(
  free: readonly number[],
  length: number,
  { calls, schedule, blockLength }: BlockByBlockOptions,
  random: SamplerRandom,
  sample: number,
): number[][] {
  const parts = blocksOf(length, blockLength)
    .map(({ begin, end }) => free.filter((position) => position >= begin && position < end))
    .filter((part) => part.length > 0);
  const shares = shareCalls(
    calls,
    parts.map((part) => part.length),
    "block",
  );
  return parts.flatMap((part, i) => {
    const rest = shuffled(part, random.order, sample);
    const counts = revealCounts(schedule, part, shares[i] as number, random.order, sample);
    return counts.map((count) => rest.splice(0, count));
  });
}

function expectPrefix(
  { ids, length }: SamplerBatch,
  row: number,
  [first]: readonly number[],
  blockLength: number,
): void {
  if (first === undefined) return;
  const end = (Math.floor(first / blockLength) + 1) * blockLength;
  const own = ids.subarray(row * length, (row + 1) * length);
  const kept = own.findIndex((id, position) => position >= end && isBase(id));
  if (kept < 0) return;
  throw new SamplingError(
    `expected nothing kept in a block behind a free base, as blocks of ${blockLength} are filled from left to right, got base ${kept + 1} ` +
      `kept and base ${first + 1} free (a run of --objective mdlm fills in anywhere)`,
  );
}
