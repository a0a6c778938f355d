/**
 * How much a step of time masks again (ReMDM, arXiv:2503.00307). With α the share that is unmasked at a time, a step from t to s
 *
 *   masks an unmasked position with probability σ,
 *   reveals a masked one with probability (α_s − (1 − σ) α_t) / (1 − α_t),
 *
 * which leaves α_s unmasked for every σ up to min(1, (1 − α_s) / α_t). Time is taken as α_t = 1 − t.
 *
 * - `cap`: σ = η; `rescale`: σ = η times its bound
 * - `conf`: σ is its bound, shared among the unmasked positions by how unsure the denoiser was of them; each position then
 *   has a σ of its own that depends on the others, so the share α_s is no longer exact
 * - `loop`: no σ until `from`, then σ = η at a constant α (`alpha`) until `to`, then none again
 * - `forward-backward` (arXiv:2205.14987): σ = (α_s − α_t) / α_t, a step of noise for each step of denoising
 * - `dfm` (arXiv:2407.15595): β times that, β = 10 (t (1 − t))^(1/4); where its authors shorten the step, σ stays at its bound
 */

import type { TimeStep } from "./time-steps.ts";

export const REMASKING_KINDS = [
  "cap",
  "rescale",
  "conf",
  "loop",
  "forward-backward",
  "dfm",
] as const;

export type RemaskingKind = (typeof REMASKING_KINDS)[number];

export interface Loop {
  /** Probability of the loop's steps. */
  readonly eta: number;
  /** Time at which the loop begins. */
  readonly from: number;
  /** Time at which it ends, above 0 and below `from`. */
  readonly to: number;
  /** Share unmasked in between. */
  readonly alpha: number;
}

export type Remasking =
  | { readonly kind: "cap" | "rescale"; readonly eta: number }
  | ({ readonly kind: "loop" } & Loop)
  | { readonly kind: "conf" | "forward-backward" | "dfm" };

export interface RemaskStep {
  /** Probability that a masked position is revealed. */
  readonly reveal: number;
  /** Probability that an unmasked one is masked; for `conf` the sum of these over a row. */
  readonly remask: number;
}

/** Returns the probabilities of one step. */
export function remaskStep(remasking: Remasking, { t, s }: TimeStep): RemaskStep {
  const alpha = (time: number): number =>
    remasking.kind === "loop" ? loopAlpha(remasking, time) : 1 - time;
  const now = alpha(t);
  const then = alpha(s);
  if (now === 0) return { reveal: then, remask: 0 };
  const bound = Math.min(1, (1 - then) / now);
  const remask = Math.min(bound, wantedSigma(remasking, t, (then - now) / now, bound));
  const counted = remasking.kind === "conf" ? 0 : remask;
  return { reveal: (then - (1 - counted) * now) / (1 - now), remask };
}

/** σ before its bound; `noise` is that of the forward process over the step, from s to t. */
function wantedSigma(remasking: Remasking, t: number, noise: number, bound: number): number {
  switch (remasking.kind) {
    case "cap":
      return remasking.eta;
    case "rescale":
      return remasking.eta * bound;
    case "conf":
      return bound;
    case "loop":
      return remasking.to < t && t <= remasking.from ? remasking.eta : 0;
    case "forward-backward":
      return noise;
    case "dfm":
      return 10 * (t * (1 - t)) ** 0.25 * noise;
    default:
      return remasking satisfies never;
  }
}

/** Rises to the loop's share, stays there, and rises from it to 1. */
function loopAlpha({ from, to, alpha }: Loop, t: number): number {
  if (t > from) return (alpha * (1 - t)) / (1 - from);
  if (t > to) return alpha;
  return 1 - ((1 - alpha) * t) / to;
}
