/**
 * Random order, k positions a call: the default sampler. With one position a call it is exact. With more, the positions
 * of one call are drawn independently, which biases the joint distribution the more the fewer the calls.
 */

import { Canvas } from "./canvas.ts";
import type { BaseChoice } from "./categorical.ts";
import { type RevealSchedule, revealCounts } from "./reveal-schedule.ts";
import type { Sampler } from "./sampler.ts";
import { shuffled } from "./shuffled.ts";

export interface RandomOrderOptions extends BaseChoice {
  /** Evaluations of the network. */
  readonly calls: number;
  readonly schedule: RevealSchedule;
}

/** Reveals each row's free positions in a uniformly random order of its own, as many a call as the schedule says. */
export const randomOrderSampler: Sampler<RandomOrderOptions> = async (
  denoise,
  batch,
  options,
  random,
) => {
  const canvas = new Canvas(denoise, batch);
  const { calls, schedule } = options;
  const plans = canvas.rows.map((row) => {
    const positions = canvas.masked(row);
    const sample = canvas.sample(row);
    return {
      rest: shuffled(positions, random.order, sample),
      counts: revealCounts(schedule, positions, calls, random.order, sample),
    };
  });
  const uniform = (sample: number, position: number): number =>
    random.token.uniform(sample, 0, position);
  for (let call = 0; call < calls; call++) {
    const due = plans.map(({ rest, counts }) => rest.splice(0, counts[call]));
    await canvas.reveal(due, uniform, options);
  }
  return canvas.ids;
};
