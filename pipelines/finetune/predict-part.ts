/** What a network says of a part of a set. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { predictionBatches } from "../../src/data/labelled/length-buckets.ts";
import type { Predictions } from "../../src/stats/predictions.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import { classProbabilities } from "../../src/train/classification/class-probabilities.ts";
import type { FinetuneNetwork } from "./network.ts";

export interface PredictPartOptions {
  /** Most tokens of a forward pass. */
  readonly tokens: number;
  readonly isBothStrands: boolean;
  /** Called before each pass with the sequences done; a promise that rejects ends it. */
  readonly turn: (done: number) => Promise<void>;
}

/** Returns the predictions in the order of the part. */
export async function predictPart(
  network: Pick<FinetuneNetwork, "logits">,
  params: ParamTree,
  { classes, sequences }: LabelledSequences,
  { tokens, isBothStrands, turn }: PredictPartOptions,
): Promise<Predictions> {
  const ids = sequences.map((sequence) => sequence.ids);
  const lengths = ids.map(({ length }) => length);
  const probabilities = await classProbabilities((rows) => network.logits(params, rows), ids, {
    classes: classes.length,
    batches: predictionBatches(lengths, tokens),
    isBothStrands,
    turn,
  });
  return { classes, labels: Int32Array.from(sequences, ({ label }) => label), probabilities };
}
