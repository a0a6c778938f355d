/** What a trained classifier says of sequences. */

import { softmax } from "../../stats/softmax.ts";
import { tf } from "../../tensor/tf.ts";
import { reverseComplementIds } from "../../tokens/complement.ts";
import { type RowTensors, rowTensors } from "./classification-loss.ts";
import { padRows } from "./padded-rows.ts";

export interface ProbabilityOptions {
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
 * @param logitsOf [batch, classes] of padded rows, inside a tidy
 * @param sequences token ids
 */
export async function classProbabilities(
  logitsOf: (rows: RowTensors) => tf.Tensor2D,
  sequences: readonly Uint8Array[],
  { classes, batches, isBothStrands, turn }: ProbabilityOptions,
): Promise<Float64Array> {
  const probabilities = new Float64Array(sequences.length * classes);
  let done = 0;
  for (const batch of batches) {
    await turn(done);
    const forward = batch.map((place) => sequences[place] as Uint8Array);
    const strands = isBothStrands ? [forward, forward.map(reverseComplementIds)] : [forward];
    const logits = new Float64Array(batch.length * classes);
    for (const rows of strands) {
      const values = await valuesOf(() => logitsOf(rowTensors(padRows(rows))));
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

async function valuesOf(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
