/**
 * Block diffusion, BD3-LM (arXiv:2503.09573): blocks of bases from left to right, masked diffusion within each. The network reads
 * [x_t ; x_0] in one pass; a block is predicted from what is left of itself and from the clean blocks before it. The first base is
 * masked as every other: there is no token of the beginning here that is none of the bases.
 */

import { BASE_COUNT, isBase, MASK_ID } from "../tokens/alphabet.ts";
import { type BlockPlace, blockRate, type MaskRates } from "./block-rates.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { bothStrands } from "./both-strands.ts";
import { basePositions } from "./corrupt.ts";
import { uniformCount } from "./counting-estimator.ts";
import { hideBases } from "./hide-bases.ts";
import type { DrawNats, LikelihoodEstimator, LikelihoodRandom } from "./likelihood-estimator.ts";
import { NO_SETTINGS, type Objective } from "./objective.ts";
import { type Logits, maskedNats } from "./subs.ts";

/** Bases of a block where nobody says how many. */
export const DEFAULT_BLOCK_LENGTH = 16;

export interface BlockDiffusionOptions {
  /** Bases of a block; 1 is the autoregressive likelihood, a whole window MDLM's bound. */
  readonly blockLength: number;
  /** What training draws mask rates from. */
  readonly rates: MaskRates;
}

/** The objective: under loglinear noise without an end, a base of a block is masked with probability t and counts 1/t. */
export function blockDiffusion({ blockLength, rates }: BlockDiffusionOptions): Objective {
  return {
    name: "bd3",
    process: "absorbing",
    headWidth: BASE_COUNT,
    attention: "blocks",
    blockLength,
    isToldNoise: false,
    loss: "cross-entropy",
    likelihood: bothStrands(blockEstimator(blockLength)),
    settings: { ...NO_SETTINGS, timeSamplings: ["stratified"], noises: ["loglinear"] },
    corrupt(x0, index, globalBatch, { time, mask }) {
      const xt = x0.slice();
      const weight = new Float32Array(x0.length);
      const blocks = blocksOf(x0.length, blockLength);
      for (const [block, { begin, end }] of blocks.entries()) {
        const place: BlockPlace = { index, globalBatch, block, blocks: blocks.length };
        const rate = blockRate(time, place, rates);
        for (let position = begin; position < end; position++) {
          if (!isBase(x0[position] as number)) continue;
          if (mask.uniform(index, 0, position) >= rate) continue;
          xt[position] = MASK_ID;
          weight[position] = 1 / rate;
        }
      }
      return { xt, weight };
    },
  };
}

/**
 * The likelihood by counting, block by block: with n bases in a block, the sum over blocks of
 *
 *   E over k ~ U{1 … n}, |S| = k of (n / k) Σ_{i in S} −log p(x_i | x of the blocks before, x of the block outside S)
 *
 * (diffusion/counting-estimator.ts says why). Each row draws k and S of every block. Blocks of one base are hidden whole, which is −log p
 * itself.
 */
function blockEstimator(blockLength: number): LikelihoodEstimator {
  const isExact = blockLength === 1;
  return {
    kind: isExact ? "exact" : "bound",
    strand: "+",
    rows: (draws) => (isExact ? 1 : draws),
    row(x0, random, example, row, rows) {
      const input = x0.slice();
      const blocks = blocksOf(x0.length, blockLength);
      // k of the blocks of a row and of the rows of a block: equally spaced, and turned by one draw.
      const turn = random.stratum.uniform(example);
      const hidden = blocks.map((block, i) => {
        const u = (turn + row / rows + i / blocks.length) % 1;
        return hideInBlock(input, block, u, { random, example, row });
      });
      return {
        input,
        clean: x0,
        nats: (isSoftMasked, logits, firstRow) =>
          blockNats(hidden, x0, isSoftMasked, logits, firstRow),
      };
    },
  };
}

/** Some of a block's bases hidden. */
interface HiddenInBlock {
  readonly positions: readonly number[];
  /** n / k */
  readonly weight: number;
}

interface RowAddress {
  readonly random: LikelihoodRandom;
  readonly example: number;
  readonly row: number;
}

/** Masks k of a block's n bases in `ids`, k = ⌊u n⌋ + 1. */
function hideInBlock(
  ids: Uint8Array,
  { begin, end }: Block,
  u: number,
  { random, example, row }: RowAddress,
): HiddenInBlock {
  const positions = basePositions(ids.subarray(begin, end)).map((place) => begin + place);
  const n = positions.length;
  if (n === 0) return { positions, weight: 0 };
  const k = uniformCount(n, u);
  const masked = hideBases(ids, positions, k, (bound, place) =>
    random.subset.integer(bound, example, row, begin + place),
  );
  return { positions: masked, weight: n / k };
}

function blockNats(
  hidden: readonly HiddenInBlock[],
  x0: Uint8Array,
  isSoftMasked: Uint8Array,
  logits: Logits,
  firstRow: number,
): DrawNats {
  let total = 0;
  let softMasked = 0;
  for (const { positions, weight } of hidden) {
    for (const position of positions) {
      const nats = weight * maskedNats(logits, firstRow + position, x0[position] as number);
      total += nats;
      if (isSoftMasked[position] === 1) softMasked += nats;
    }
  }
  return { total, softMasked };
}
