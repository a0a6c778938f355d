import type { BaseModel } from "../../src/stats/base-model.ts";
import { scoreBases, sumScores } from "../../src/stats/score-bases.ts";

/** Bits per scored base of a window under a context model. */
export function bitsPerBase(model: BaseModel, window: Uint8Array, left?: Uint8Array): number {
  const { nats, scoredBases } = sumScores(scoreBases(model, window, left));
  return nats / Math.LN2 / scoredBases;
}
