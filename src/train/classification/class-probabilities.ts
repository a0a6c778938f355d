/** What a trained classifier says of sequences. */

import { softmax } from "../../stats/softmax.ts";
import type { tf } from "../../tensor/tf.ts";
import { valuesOf } from "../../tensor/values-of.ts";
import { rowsOnStrand, type SequenceRows } from "./sequence-rows.ts";

export interface ProbabilityOptions {
  readonly sequences: number;
  readonly classes: number;
  /** Places of the sequences of each batch; every sequence in one. */
  readonly batches: readonly (readonly number[])[];
  /** Whether the logits of both strands are averaged, as Caduceus-Ph is used (arXiv:2403.03234, section 4.3). */
  readonly isBothStrands: boolean;
  /** Called before each batch; a promise that rejects ends the pass. */
  readonly turn: (done: number) => Promise<void>;
}

/**
 * Returns the probability of each class, [sequences, classes].
 *
 * @param logitsOf [batch, classes], inside a tidy
 */
export async function classProbabilities(
  logitsOf: (rows: SequenceRows) => tf.Tensor2D,
  { sequences, classes, batches, isBothStrands, turn }: ProbabilityOptions,
): Promise<Float64Array> {
  const probabilities = new Float64Array(sequences * classes);
  const strands = isBothStrands ? [false, true] : [false];
  let done = 0;
  for (const batch of batches) {
    await turn(done);
    const logits = new Float64Array(batch.length * classes);
    for (const isReverse of strands) {
      const values = await valuesOf(() => logitsOf(rowsOnStrand(batch, isReverse)));
      for (let i = 0; i < logits.length; i++) {
        logits[i] = (logits[i] as number) + (values[i] as number) / strands.length;
      }
    }
    for (const [row, place] of batch.entries()) {
      const at = row * classes;
      probabilities.set(softmax(logits.subarray(at, at + classes)), place * classes);
    }
    done += batch.length;
  }
  return probabilities;
}
