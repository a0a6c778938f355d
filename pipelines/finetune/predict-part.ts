/** What a network says of sequences. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { predictionBatches } from "../../src/data/labelled/length-buckets.ts";
import type { Predictions } from "../../src/stats/predictions.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import type { tf } from "../../src/tensor/tf.ts";
import { classProbabilities } from "../../src/train/classification/class-probabilities.ts";
import { paddedRows } from "../../src/train/classification/padded-rows.ts";
import { orientedIds, type SequenceRows } from "../../src/train/classification/sequence-rows.ts";
import type { PredictingNetwork } from "./network.ts";

/** Logits [batch, classes] of rows, inside a tidy. */
export type RowLogits = (rows: SequenceRows) => tf.Tensor2D;

/** What a network says of the rows of `sequences`, token ids, which are padded anew for each batch. */
export function logitsOfRows(
  { logits }: Pick<PredictingNetwork, "logits">,
  params: ParamTree,
  sequences: readonly Uint8Array[],
): RowLogits {
  return (rows) => logits(params, paddedRows(orientedIds(sequences, rows)));
}

export interface PredictPartOptions {
  /** Most tokens of a forward pass. */
  readonly tokens: number;
  readonly isBothStrands: boolean;
  /** Called before each pass with the sequences done; a promise that rejects ends it. */
  readonly turn: (done: number) => Promise<void>;
}

/** Returns the predictions in the order of the part. */
export async function predictPart(
  logitsOf: RowLogits,
  { classes, sequences }: LabelledSequences,
  options: PredictPartOptions,
): Promise<Predictions> {
  const lengths = sequences.map(({ ids }) => ids.length);
  const probabilities = await predictSequences(logitsOf, lengths, classes.length, options);
  return { classes, labels: Int32Array.from(sequences, ({ label }) => label), probabilities };
}

/**
 * Returns the probability of each class, [sequences, classes].
 *
 * @param lengths of the sequences, in bases
 */
export async function predictSequences(
  logitsOf: RowLogits,
  lengths: readonly number[],
  classes: number,
  { tokens, isBothStrands, turn }: PredictPartOptions,
): Promise<Float64Array> {
  return classProbabilities(logitsOf, {
    ...{ sequences: lengths.length, classes, isBothStrands, turn },
    batches: predictionBatches(lengths, tokens),
  });
}
