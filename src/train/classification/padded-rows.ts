/** Sequences of several lengths as rows of one. */

import { N_ID } from "../../tokens/alphabet.ts";

export interface PaddedIds {
  readonly batch: number;
  /** Positions of a row: those of the longest sequence. */
  readonly length: number;
  /** [batch, length] token ids, N in the padding */
  readonly ids: Uint8Array;
  /** Bases of each row. */
  readonly lengths: readonly number[];
}

/** Pads sequences of token ids on the right. */
export function padRows(sequences: readonly Uint8Array[]): PaddedIds {
  const lengths = sequences.map((ids) => ids.length);
  const length = lengths.reduce((most, count) => Math.max(most, count), 0);
  const ids = new Uint8Array(sequences.length * length).fill(N_ID);
  for (const [row, sequence] of sequences.entries()) ids.set(sequence, row * length);
  return { batch: sequences.length, length, ids, lengths };
}
