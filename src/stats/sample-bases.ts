/** Sequences drawn from a context model, base by base. */

import type { BaseModel } from "./base-model.ts";
import { kmerCount } from "./rolling-context.ts";

/**
 * Draws [length] ids A0 C1 G2 T3 from left to right; the first bases have as much context as there is.
 *
 * @param uniform a number in [0, 1) of a position
 */
export function sampleBases(
  model: BaseModel,
  length: number,
  uniform: (position: number) => number,
): Uint8Array {
  const ids = new Uint8Array(length);
  const contexts = kmerCount(model.maxOrder);
  let context = 0; // the newest bases, at most maxOrder
  for (let position = 0; position < length; position++) {
    const order = Math.min(position, model.maxOrder);
    let left = uniform(position);
    let id = 0;
    for (; id < 3; id++) {
      left -= model.probability(context * 4 + id, order);
      if (left < 0) break;
    }
    ids[position] = id;
    context = (context * 4 + id) % contexts;
  }
  return ids;
}
