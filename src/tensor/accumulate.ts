/** Sums that grow: of a tensor's gradients over its uses, of a step's over its micro-batches. */

import { ACCUMULATE } from "./fused/accumulate.ts";
import { hasFused, runFused } from "./fused/run.ts";
import { tf } from "./tf.ts";

/** Returns sum + term and disposes both, in the memory of `sum` where the backend can. */
export function accumulate(sum: tf.Tensor, term: tf.Tensor): tf.Tensor {
  const total = hasFused(ACCUMULATE)
    ? (runFused(ACCUMULATE, { sum, term })[0] as tf.Tensor)
    : tf.add(sum, term);
  sum.dispose();
  term.dispose();
  return total;
}
