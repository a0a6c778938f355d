/** How the rows of a run's steps are made. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { balancedWeights } from "../../src/train/classification/labelled-rows.ts";
import { BENCHMARK_CNN, type FinetuneConfig } from "./options.ts";
import type { RowOptions } from "./training-rows.ts";

/** @param part that is trained on */
export function rowOptions(
  {
    fromScratch,
    train,
    model,
    seed,
  }: Pick<FinetuneConfig, "fromScratch" | "train" | "model" | "seed">,
  { sequences, classes }: LabelledSequences,
): RowOptions {
  const { batchSize, tokens, labelSmoothing, maskShare } = train;
  const labels = sequences.map(({ label }) => label);
  const classWeights =
    train.classWeights === "balanced"
      ? balancedWeights(labels, classes.length)
      : classes.map(() => 1);
  return {
    ...{ batchSize, labelSmoothing, maskShare, classWeights, seed, classes: classes.length },
    ...(fromScratch === BENCHMARK_CNN ? {} : { tokens }), // its batch norms are of an update's sequences, as published
    isEitherStrand: model.strand !== "forward",
  };
}
