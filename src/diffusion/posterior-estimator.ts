/**
 * The likelihood bound of D3PM in discrete time by Monte Carlo. A draw is a step, stratified over the draws of a window, and masks of that
 * step; its divergence is then averaged over all steps that could have masked so many bases, since which ones are masked says no more
 * of the step than how many are, and the network is not told it:
 *
 *   E [ Σ_i P(i | k) T D_i(masked) ] = Σ_i E D_i,  P(i | k) ∝ (i/T)^k (1 − i/T)^(n − k).
 *
 * The reconstruction needs no draw: it is of the clean row, beside the draws.
 */

import { MASK_ID } from "../tokens/alphabet.ts";
import { basePositions, corrupt } from "./corrupt.ts";
import { maskNats, posteriorPrediction, type StepTerms, stepTerms } from "./discrete-posterior.ts";
import type { DrawNats, LikelihoodDraw, LikelihoodEstimator } from "./likelihood-estimator.ts";

/** The bound in `steps` steps of time. */
export function posteriorEstimator(steps: number): LikelihoodEstimator {
  return {
    kind: "bound",
    timeSteps: steps,
    strand: "+",
    rows: (draws) => draws,
    row(x0, { stratum, subset }, example, draw, draws) {
      const u = (draw + stratum.uniform(example, draw)) / draws;
      const step = Math.min(steps, Math.floor(u * steps) + 1);
      return maskedRow(x0, corrupt(x0, step / steps, subset, example, draw), steps);
    },
    remainder: (x0) => ({
      input: x0,
      nats: (isSoftMasked, outputs, firstRow) =>
        sumNats(basePositions(x0), isSoftMasked, (position) => {
          const base = x0[position] as number;
          return posteriorPrediction(outputs, firstRow + position, base).ownNats;
        }),
    }),
  };
}

/** Some of a window's bases hidden, scored over all the steps that could have hidden so many. */
function maskedRow(x0: Uint8Array, input: Uint8Array, steps: number): LikelihoodDraw {
  const masked = basePositions(x0).filter((position) => input[position] === MASK_ID);
  const likely = likelySteps(masked.length, basePositions(x0).length, steps);
  const weight = likely.reduce((sum, { share, terms }) => sum + share * terms.weight, 0);
  return {
    input,
    ...(masked.length === 0 ? {} : { maskedBases: masked.length }),
    nats: (isSoftMasked, outputs, firstRow) =>
      sumNats(masked, isSoftMasked, (position) => {
        const base = x0[position] as number;
        const { ownNats, m } = posteriorPrediction(outputs, firstRow + position, base);
        const ofMask = (sum: number, { share, terms }: LikelyStep): number =>
          sum + share * terms.weight * maskNats(terms, m);
        return weight * ownNats + likely.reduce(ofMask, 0);
      }),
  };
}

/** A step, and its probability given how many bases are masked. */
interface LikelyStep {
  readonly terms: StepTerms;
  readonly share: number;
}

/** Steps whose probability is less than e^−40 times the likeliest one's are left out. */
const LEAST_LOG_ODDS = -40;

/** The steps that `masked` of `bases` bases could be masked at; none where none is masked, which costs nothing at any. */
function likelySteps(masked: number, bases: number, steps: number): readonly LikelyStep[] {
  if (masked === 0) return [];
  const visible = bases - masked;
  const logOdds = Float64Array.from({ length: steps }, (_, i) => {
    const t = (i + 1) / steps;
    return masked * Math.log(t) + (visible === 0 ? 0 : visible * Math.log1p(-t));
  });
  const most = logOdds.reduce((a, b) => Math.max(a, b));
  const odds = logOdds.map((value) => (value - most < LEAST_LOG_ODDS ? 0 : Math.exp(value - most)));
  const total = odds.reduce((sum, value) => sum + value, 0);
  return Array.from(odds, (value, i) => ({
    terms: stepTerms(i + 1, steps),
    share: value / total,
  })).filter(({ share }) => share > 0);
}

/** Sums the nats of positions, and of those that are soft-masked. */
function sumNats(
  positions: readonly number[],
  isSoftMasked: Uint8Array,
  natsOf: (position: number) => number,
): DrawNats {
  let total = 0;
  let softMasked = 0;
  for (const position of positions) {
    const nats = natsOf(position);
    total += nats;
    if (isSoftMasked[position] === 1) softMasked += nats;
  }
  return { total, softMasked };
}
