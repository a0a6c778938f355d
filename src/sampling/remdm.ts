/**
 * Remasking diffusion (ReMDM, arXiv:2503.00307) and the correctors that are cases of it: a revealed base may be masked again
 * and drawn anew, so an early mistake can be mended. Without remasking it is ancestral sampling, draw for draw.
 */

import { Canvas } from "./canvas.ts";
import { allowedProbabilities, type BaseChoice, drawBase } from "./categorical.ts";
import { type Remasking, remaskStep } from "./remasking.ts";
import type { Sampler } from "./sampler.ts";
import { timeSteps } from "./time-steps.ts";

export interface RemdmOptions extends BaseChoice {
  /** Steps of time; as many evaluations of the network at most. */
  readonly calls: number;
  readonly remasking: Remasking;
}

export const remdmSampler: Sampler<RemdmOptions> = async (denoise, batch, options, random) => {
  const canvas = new Canvas(denoise, batch);
  const free = canvas.rows.map((row) => canvas.masked(row));
  const sureness = new Float64Array(canvas.ids.length);
  for (const step of timeSteps(options.calls)) {
    const { call } = step;
    const { reveal, remask } = remaskStep(options.remasking, step);
    const moves = canvas.rows.map((row) => {
      const draw = (position: number): number =>
        random.order.uniform(canvas.sample(row), call, position);
      const masked = new Set(canvas.masked(row));
      const visible = (free[row] as readonly number[]).filter((position) => !masked.has(position));
      const shares =
        options.remasking.kind === "conf"
          ? unsureShares(visible.map((position) => sureness[canvas.at(row, position)] as number))
          : visible.map(() => 1);
      return {
        reveals: [...masked].filter((position) => draw(position) < reveal),
        conceals: visible.filter((position, i) => draw(position) < remask * (shares[i] as number)),
      };
    });
    const due = moves.map(({ reveals }) => reveals);
    const logits = await canvas.logits(
      canvas.rows.filter((row) => due[row]?.length),
      due,
    );
    for (const [row, { reveals, conceals }] of moves.entries()) {
      for (const position of conceals) canvas.conceal(row, position);
      for (const position of reveals) {
        const at = canvas.at(row, position);
        const uniform = random.token.uniform(canvas.sample(row), call, position);
        const allowed = canvas.allowed(row, position);
        const base = drawBase(logits, at, uniform, options, allowed);
        sureness[at] = allowedProbabilities(logits, at, 1, allowed)[base] as number;
        canvas.place(row, position, base);
      }
    }
  }
  return canvas.ids;
};

/** Softmax of the negative probabilities that the bases had when they were drawn. */
function unsureShares(sureness: readonly number[]): number[] {
  const weights = sureness.map((probability) => Math.exp(-probability));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
