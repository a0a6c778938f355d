/**
 * How much the training loss of block diffusion varies where mask rates come from a narrower range: BD3-LM (arXiv:2503.09573, section 5)
 * trains at the range of least variance, which depends on the length of blocks and on what the network knows already.
 */

import { blockDiffusion } from "../diffusion/block-diffusion.ts";
import { type BlockPlace, blockRate, type MaskRates } from "../diffusion/block-rates.ts";
import { blocksOf } from "../diffusion/blocks.ts";
import type { Denoise } from "../diffusion/denoise.ts";
import { maskedNats } from "../diffusion/subs.ts";
import { addressedRandom } from "../random/addressed.ts";
import { isBase, MASK_ID } from "../tokens/alphabet.ts";
import { joinBytes } from "../util/join-bytes.ts";

/** A block hidden at a rate, and what training would take for its loss. */
export interface BlockLoss {
  readonly rate: number;
  /** Nats of the masked bases, by 1 / rate, a base of the block. */
  readonly nats: number;
}

export interface RateVariance extends MaskRates {
  /** Of the losses of blocks whose rates are in the range, nats². */
  readonly variance: number;
  readonly blocks: number;
}

const ALL_RATES: MaskRates = { from: 0, to: 1 };
/** The ranges that are looked at, in twentieths: BD3-LM's five widths wherever they fit, and all rates. */
const WIDTHS = [10, 12, 14, 16, 18, 20];

/** Returns the variance in every range that has at least two blocks, the least first. */
export function rateVariances(losses: readonly BlockLoss[]): RateVariance[] {
  const made: RateVariance[] = [];
  for (const width of WIDTHS) {
    for (let from = 0; from + width <= 20; from++) {
      const range = { from: from / 20, to: (from + width) / 20 };
      const own = losses.filter(({ rate }) => rate >= range.from && rate <= range.to);
      if (own.length > 1) made.push({ ...range, variance: varianceOf(own), blocks: own.length });
    }
  }
  return made.sort((a, b) => a.variance - b.variance);
}

function varianceOf(losses: readonly BlockLoss[]): number {
  const mean = losses.reduce((sum, { nats }) => sum + nats, 0) / losses.length;
  return losses.reduce((sum, { nats }) => sum + (nats - mean) ** 2, 0) / (losses.length - 1);
}

export interface BlockLossOptions {
  /** Bases of a block. */
  readonly blockLength: number;
  /** Rows of one network call. */
  readonly batchSize: number;
  readonly seed: number;
}

/**
 * Masks every window once as training over all rates does, and returns the losses of the blocks that have a base.
 *
 * @param windows clean ids, all of one length
 */
export async function blockLosses(
  denoise: Denoise,
  windows: readonly Uint8Array[],
  { blockLength, batchSize, seed }: BlockLossOptions,
): Promise<BlockLoss[]> {
  const { corrupt } = blockDiffusion({ blockLength, rates: ALL_RATES });
  const random = {
    time: addressedRandom(seed, "trainingTime"),
    mask: addressedRandom(seed, "corruption"),
  };
  const losses: BlockLoss[] = [];
  for (let first = 0; first < windows.length; first += batchSize) {
    const rows = windows.slice(first, first + batchSize);
    const length = rows[0]?.length ?? 0;
    const noised = rows.map((x0, i) => corrupt(x0, first + i, windows.length, random).xt);
    const shape = { batch: rows.length, length, clean: joinBytes(rows) };
    const logits = await denoise(joinBytes(noised), shape);
    for (const [i, x0] of rows.entries()) {
      const xt = noised[i] as Uint8Array;
      const blocks = blocksOf(length, blockLength);
      for (const [block, { begin, end }] of blocks.entries()) {
        const bases = x0.subarray(begin, end).filter(isBase).length;
        if (bases === 0) continue;
        const place: BlockPlace = {
          ...{ index: first + i, globalBatch: windows.length },
          ...{ block, blocks: blocks.length },
        };
        const rate = blockRate(random.time, place, ALL_RATES);
        let nats = 0;
        for (let position = begin; position < end; position++)
          if (xt[position] === MASK_ID)
            nats += maskedNats(logits, i * length + position, x0[position] as number);
        losses.push({ rate, nats: nats / (rate * bases) });
      }
    }
  }
  return losses;
}
