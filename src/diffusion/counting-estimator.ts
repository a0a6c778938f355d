/**
 * The likelihood bound by counting: for a denoiser that sees no time,
 *
 *   NELBO(x) = E over k ~ U{1 … n}, |S| = k of (n / k) Σ_{i in S} −log p(x_i | x outside S)
 *
 * since ∫ t^(−1) C(n, k) t^k (1 − t)^(n − k) dt = 1/k. It is the any-order autoregressive bound; no part of the
 * integral over time is left out, and n counts A, C, G, T only.
 */

import { basePositions } from "./corrupt.ts";
import { hideBases } from "./hide-bases.ts";
import type { DrawNats, LikelihoodEstimator, LikelihoodRandom } from "./likelihood-estimator.ts";
import { type Logits, maskedNats } from "./subs.ts";

/** Nats of the clean base at a masked position, from row `row` of outputs [rows, 4]. */
export type PositionNats = (outputs: Logits, row: number, base: number) => number;

/** How many of `bases` ≥ 1 bases a draw masks, by its uniform u in [0, 1). */
export type CountLaw = (bases: number, u: number) => number;

/** Of continuous time. */
export const uniformCount: CountLaw = (bases, u) => Math.min(bases, Math.floor(u * bases) + 1);

/** Some of a window's bases hidden. */
export interface CountingDraw {
  /** [length] ids with `k` bases masked */
  readonly xt: Uint8Array;
  /** The masked positions, ascending. */
  readonly masked: readonly number[];
  /** n / k */
  readonly weight: number;
}

/**
 * The bound; a row is one Monte Carlo draw.
 *
 * @param positionNats what the outputs at a masked position cost, nats
 * @param countLaw of how many bases a draw masks; absent is uniform
 */
export function countingEstimatorOf(
  positionNats: PositionNats,
  countLaw?: CountLaw,
): LikelihoodEstimator {
  return {
    kind: "bound",
    strand: "+",
    rows: (draws) => draws,
    row(x0, random, example, draw, draws) {
      const made = countingDraw(x0, random, example, draw, draws, countLaw);
      return {
        input: made.xt,
        maskedBases: made.masked.length,
        nats: (isSoftMasked, logits, firstRow) =>
          drawNats(made, x0, isSoftMasked, logits, firstRow, positionNats),
      };
    },
  };
}

/** The bound of a network whose outputs are logits of the clean base. */
export const countingEstimator: LikelihoodEstimator = countingEstimatorOf(maskedNats);

/**
 * Returns draw `draw` of `draws` for a window. k is stratified over the draws: the d-th takes its uniform from
 * [d/draws, (d+1)/draws). Addresses are (example, draw, place), whatever the batches.
 *
 * @param x0 [length] with at least one base; a window without any is skipped and counted by the caller
 */
export function countingDraw(
  x0: Uint8Array,
  random: LikelihoodRandom,
  example: number,
  draw: number,
  draws: number,
  countLaw: CountLaw = uniformCount,
): CountingDraw {
  const positions = basePositions(x0);
  const n = positions.length;
  if (n === 0) throw new RangeError("internal: expected a window with at least one base, got none");
  const u = (draw + random.stratum.uniform(example, draw)) / draws;
  const k = countLaw(n, u);
  const xt = x0.slice();
  const masked = hideBases(xt, positions, k, (bound, place) =>
    random.subset.integer(bound, example, draw, place),
  );
  return { xt, masked, weight: n / k };
}

/**
 * Scores one draw.
 *
 * @param logits [rows, 4] of a batch; the window's first position is row `firstRow`
 */
export function drawNats(
  { masked, weight }: CountingDraw,
  x0: Uint8Array,
  isSoftMasked: Uint8Array,
  logits: Logits,
  firstRow: number,
  positionNats: PositionNats = maskedNats,
): DrawNats {
  let total = 0;
  let softMasked = 0;
  for (const position of masked) {
    const nats = positionNats(logits, firstRow + position, x0[position] as number);
    total += nats;
    if (isSoftMasked[position] === 1) softMasked += nats;
  }
  return { total: weight * total, softMasked: weight * softMasked };
}
