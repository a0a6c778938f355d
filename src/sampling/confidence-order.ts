/**
 * Confidence orders (LLaDA, arXiv:2502.09992; Dream, arXiv:2508.15487): each call draws a base for every masked position
 * and keeps those that the denoiser is surest of. Blocks are filled from left to right, as LLaDA does.
 *
 * It seeks modes: DNA comes out poorer than its source, with homopolymers and repeats first.
 */

import type { AddressedRandom } from "../random/addressed.ts";
import { Canvas } from "./canvas.ts";
import { type BaseChoice, drawBase } from "./categorical.ts";
import { type Confidence, confidenceOf } from "./confidence.ts";
import { type RevealSchedule, revealCounts } from "./reveal-schedule.ts";
import type { Sampler } from "./sampler.ts";
import { shareCalls } from "./share-calls.ts";

export interface ConfidenceOptions extends BaseChoice {
  /** Evaluations of the network; at least one a block. */
  readonly calls: number;
  /** How many positions the calls of a block reveal. */
  readonly schedule: RevealSchedule;
  readonly confidence: Confidence;
  /** 0 keeps the surest; above, positions are drawn without replacement by exp(confidence / orderTemperature). */
  readonly orderTemperature: number;
  /** Bases; absent is the whole row. */
  readonly blockLength?: number;
}

export const confidenceOrderSampler: Sampler<ConfidenceOptions> = async (
  denoise,
  batch,
  options,
  random,
) => {
  const canvas = new Canvas(denoise, batch);
  const plans = canvas.rows.map((row) =>
    planRow(canvas.masked(row), options, random.order, canvas.sample(row)),
  );
  for (let call = 0; call < options.calls; call++) {
    const rows = canvas.rows.filter((row) => plans[row]?.[call]?.count);
    const logits = await canvas.logits(rows);
    for (const [row, plan] of plans.entries()) {
      const { end, count } = plan[call] ?? NOTHING;
      const sample = canvas.sample(row);
      const draw = (position: number): number => {
        const uniform = random.token.uniform(sample, call, position);
        const allowed = canvas.allowed(row, position);
        return drawBase(logits, canvas.at(row, position), uniform, options, allowed);
      };
      const preference = (position: number): number => {
        const at = canvas.at(row, position);
        const allowed = canvas.allowed(row, position);
        const sure = confidenceOf(options.confidence, logits, at, allowed, draw(position));
        if (options.orderTemperature === 0) return sure;
        return sure / options.orderTemperature + gumbel(random.order, sample, call, position);
      };
      const candidates = canvas.masked(row).filter((position) => position < end);
      const chosen = count === 0 ? [] : mostPreferred(candidates, preference, count);
      // What was placed before it in this call may forbid a base: the same draw then gives another.
      for (const position of chosen) canvas.place(row, position, draw(position));
    }
  }
  return canvas.ids;
};

/** The `count` most preferred positions, the most preferred first; of equals the first. */
function mostPreferred(
  positions: readonly number[],
  preference: (position: number) => number,
  count: number,
): number[] {
  return positions
    .map((position) => ({ position, value: preference(position) }))
    .sort((a, b) => b.value - a.value || a.position - b.position)
    .slice(0, count)
    .map(({ position }) => position);
}

/** One call for one row: `count` of the masked positions before `end`. */
interface PlannedCall {
  readonly end: number;
  readonly count: number;
}

const NOTHING: PlannedCall = { end: 0, count: 0 };

/** What each call does to a row; it depends on that row alone. */
function planRow(
  positions: readonly number[],
  { calls, schedule, blockLength }: ConfidenceOptions,
  random: AddressedRandom,
  sample: number,
): PlannedCall[] {
  const blocks = new Map<number, number[]>();
  for (const position of positions) {
    const block = blockLength === undefined ? 0 : Math.floor(position / blockLength);
    blocks.set(block, [...(blocks.get(block) ?? []), position]);
  }
  const parts = [...blocks.values()];
  const shares = shareCalls(
    calls,
    parts.map((part) => part.length),
    "block",
  );
  return parts.flatMap((part, i) => {
    const end = (part.at(-1) as number) + 1;
    const counts = revealCounts(schedule, part, shares[i] as number, random, sample);
    return counts.map((count) => ({ end, count }));
  });
}

/** Standard Gumbel noise; its addresses begin after those of `revealCounts`. */
function gumbel(random: AddressedRandom, sample: number, call: number, position: number): number {
  return -Math.log(-Math.log1p(-random.uniform(sample, 2 + call, position)));
}
