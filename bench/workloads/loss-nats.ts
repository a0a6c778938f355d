/** What shows that two programs computed the same logits. */

import { maskedNats } from "../../src/diffusion/subs.ts";
import type { MicroBatch } from "../../src/train/micro-batch.ts";

/** The training loss that `logits` [batch, length, 4] have, nats a base. */
export function lossNats(logits: Float32Array, { x0, weight, bases }: MicroBatch): number {
  let nats = 0;
  for (const [i, factor] of weight.entries())
    if (factor !== 0) nats += factor * maskedNats(logits, i, x0[i] as number);
  return nats / bases;
}
