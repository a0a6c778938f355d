/** What a network says of sequences. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { predictionBatches } from "../../src/data/labelled/length-buckets.ts";
import type { Predictions } from "../../src/stats/predictions.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import { classProbabilities } from "../../src/train/classification/class-probabilities.ts";
import type { PredictingNetwork } from "./network.ts";

export interface PredictPartOptions {
  /** Most tokens of a forward pass. */
  readonly tokens: number;
  readonly isBothStrands: boolean;
  /** Called before each pass with the sequences done; a promise that rejects ends it. */
  readonly turn: (done: number) => Promise<void>;
}

/** Returns the predictions in the order of the part. */
export async function predictPart(
  network: Pick<PredictingNetwork, "logits">,
  params: ParamTree,
  { classes, sequences }: LabelledSequences,
  options: PredictPartOptions,
): Promise<Predictions> {
  const ids = sequences.map((sequence) => sequence.ids);
  const probabilities = await predictSequences(network, params, ids, classes.length, options);
  return { classes, labels: Int32Array.from(sequences, ({ label }) => label), probabilities };
}

/**
 * Returns the probability of each class, [sequences, classes].
 *
 * @param sequences token ids
 */
export async function predictSequences(
  network: Pick<PredictingNetwork, "logits">,
  params: ParamTree,
  sequences: readonly Uint8Array[],
  classes: number,
  { tokens, isBothStrands, turn }: PredictPartOptions,
): Promise<Float64Array> {
  const lengths = sequences.map(({ length }) => length);
  return classProbabilities((rows) => network.logits(params, rows), sequences, {
    classes,
    batches: predictionBatches(lengths, tokens),
    isBothStrands,
    turn,
  });
}
