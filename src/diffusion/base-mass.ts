/**
 * The mass of the four bases at a position: the logarithm of the sum of e^logit. Where a softmax over the bases follows it means nothing; where
 * there is a column of MASK beside them (d3pm) it says how likely any base is, and of scores (sedd) how fast the position is revealed. Whatever
 * changes which base is drawn keeps it.
 */

import { BASE_COUNT } from "../tokens/alphabet.ts";
import type { Logits } from "./subs.ts";

/** Returns ln Σ e^logit of the bases of row `row` of logits [rows, columns], nats; −Infinity where each is. */
export function baseMass(logits: Logits, row: number, columns: number): number {
  const bases = logits.subarray(row * columns, row * columns + BASE_COUNT);
  const most = Math.max(...bases);
  if (most === -Infinity) return most;
  const [a = 0, c = 0, g = 0, t = 0] = bases.map((logit) => Math.exp(logit - most));
  return most + Math.log(a + t + (c + g)); // in this order both strands have the same to the bit
}

/** Shifts the bases of a row of logits, in place, so that their mass is `mass`; not where they have none, or are to have none. */
export function setBaseMass(logits: Logits, row: number, columns: number, mass: number): void {
  const shift = mass - baseMass(logits, row, columns);
  if (!Number.isFinite(shift)) return;
  for (let i = row * columns; i < row * columns + BASE_COUNT; i++)
    logits[i] = (logits[i] as number) + shift;
}
