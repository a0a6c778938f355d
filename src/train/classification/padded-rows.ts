/** Sequences of several lengths as rows of one. */

import type { PaddedRows } from "../../model/classifier.ts";
import { tf } from "../../tensor/tf.ts";
import { N_ID } from "../../tokens/alphabet.ts";

/** Pads sequences of token ids on the right, with N; runs inside a tidy. */
export function paddedRows(sequences: readonly Uint8Array[]): PaddedRows {
  const lengths = sequences.map((ids) => ids.length);
  const length = lengths.reduce((most, count) => Math.max(most, count), 0);
  const ids = new Int32Array(sequences.length * length).fill(N_ID);
  for (const [row, sequence] of sequences.entries()) ids.set(sequence, row * length);
  return { ids: tf.tensor2d(ids, [sequences.length, length], "int32"), lengths };
}
