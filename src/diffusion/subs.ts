/**
 * The SUBS parameterisation (MDLM, arXiv:2406.07524, section 3.2.3): MASK has probability zero, which a four-way
 * head gives for nothing, and a visible base is copied with probability one. Plain numbers in double precision;
 * training uses the same in tensors (ops/masked-cross-entropy.ts).
 */

import { BASE_COUNT, isBase, MASK_ID } from "../tokens/alphabet.ts";
import { logSoftmax } from "./log-softmax.ts";

export type Logits = Float32Array | Float64Array;

/**
 * Writes log p(x0 = base | x_t) of one position to `out`: log-softmax of its four logits where it is masked,
 * 0 at the base itself and −∞ elsewhere where it is visible. A visible N has no base: all four are −∞.
 *
 * @param logits [..., 4]; `row` counts rows of four
 * @param out [4]
 */
export function subsLogProbs(logits: Logits, row: number, id: number, out: Float64Array): void {
  if (id !== MASK_ID) {
    out.fill(-Infinity);
    if (isBase(id)) out[id] = 0;
    return;
  }
  logSoftmax(logits, row, out);
}

/** −log p(base | x_t) at a masked position, nats. */
export function maskedNats(logits: Logits, row: number, base: number): number {
  const logProbs = new Float64Array(BASE_COUNT);
  subsLogProbs(logits, row, MASK_ID, logProbs);
  return -(logProbs[base] as number);
}
