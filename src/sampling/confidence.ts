/**
 * How sure a denoiser is of a masked position, from its distribution over the bases that are allowed there, untempered:
 *
 * - `low-confidence` (LLaDA, arXiv:2502.09992, whose low-confident positions stay masked): the probability of the base drawn
 * - `max-probability` (Dream, arXiv:2508.15487, maskgit_plus): that of the likeliest base
 * - `margin` (Dream, topk_margin): by how much the likeliest base exceeds the next
 * - `entropy` (Dream): the negative entropy, nats
 *
 * All but the first are functions of what is visible alone, so with one position a call they choose an order and leave the
 * distribution as it is; `low-confidence` looks at what it drew, and prefers likely bases at any temperature.
 */

import type { Logits } from "../diffusion/subs.ts";
import { allowedProbabilities } from "./categorical.ts";

export const CONFIDENCES = ["low-confidence", "max-probability", "margin", "entropy"] as const;

export type Confidence = (typeof CONFIDENCES)[number];

/**
 * Returns a number that is larger the surer the denoiser is.
 *
 * @param logits [rows, 4]
 * @param row which row of four
 * @param allowed bit b is base b; not empty
 * @param drawn the base that would stand there
 */
export function confidenceOf(
  confidence: Confidence,
  logits: Logits,
  row: number,
  allowed: number,
  drawn: number,
): number {
  const probabilities = allowedProbabilities(logits, row, 1, allowed);
  switch (confidence) {
    case "low-confidence":
      return probabilities[drawn] as number;
    case "max-probability":
      return Math.max(...probabilities);
    case "margin": {
      const [first, second] = probabilities.toSorted((a, b) => b - a);
      return (first as number) - (second as number);
    }
    case "entropy":
      return probabilities.reduce((sum, p) => (p > 0 ? sum + p * Math.log(p) : sum), 0);
    default:
      return confidence satisfies never;
  }
}
