/** The models without a network that a denoiser has to beat, made from the run's own training and validation bases. */

import type { Splits } from "../../src/data/splits.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { backoffModel } from "../../src/stats/backoff.ts";
import { BackoffEvidence } from "../../src/stats/backoff-evidence.ts";
import { type BaseModel, uniformModel } from "../../src/stats/base-model.ts";
import { fitBackoff } from "../../src/stats/fit-backoff.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { countContexts, feedContexts } from "../count-contexts.ts";

export interface Baseline {
  readonly name: string;
  readonly model: BaseModel;
}

export interface Baselines {
  readonly baselines: readonly Baseline[];
  readonly notices: readonly string[];
}

const MARKOV_ORDERS = 8;
export const BACKOFF_ORDERS = 12;

/**
 * Counts the training intervals over both strands and returns: uniform, Markov of orders 0 … 8 with a pseudo-count of
 * one half, and, where there is a validation split to fit it on, the interpolated back-off of orders 0 … 12.
 *
 * @param turn called once a piece; a promise that rejects ends the counting
 */
export async function contextBaselines(
  genome: Genome,
  { train, valid }: Splits,
  turn: () => Promise<void>,
): Promise<Baselines> {
  const { counts, notices } = await countContexts(genome, train, BACKOFF_ORDERS, turn);
  const baselines: Baseline[] = [{ name: "uniform", model: uniformModel }];
  for (let order = 0; order <= MARKOV_ORDERS; order++) {
    baselines.push({ name: `Markov order ${order}`, model: markovModel(counts, order) });
  }
  if (valid.length === 0) {
    return {
      baselines,
      notices: [...notices, "no back-off baseline: the run has no valid split to fit it on"],
    };
  }
  const evidence = new BackoffEvidence(counts);
  await feedContexts(genome, valid, 1, evidence, turn);
  const model = backoffModel(counts, fitBackoff(evidence.byOrder()));
  return {
    baselines: [...baselines, { name: `back-off of orders 0–${BACKOFF_ORDERS}`, model }],
    notices,
  };
}
