/** What makes a fine-tuning run the run it is. */

import type { Identity } from "../run-folder/saved-state.ts";
import type { FinetuneConfig } from "./options.ts";

/** Dotted keys and values that may not change between start and resumption; everything else may. */
export function finetuneIdentity(
  { model, train, seed }: FinetuneConfig,
  classes: readonly string[],
  dataDigest: string,
  startDigest: string,
): Identity {
  return {
    "model.width": model.width,
    "model.layers": model.layers,
    "model.heads": model.heads,
    "model.head": model.head,
    "model.tune": model.tune,
    "model.strand": model.strand,
    classes: JSON.stringify(classes),
    "train.epochs": train.epochs,
    "train.batchSize": train.batchSize,
    "train.labelSmoothing": train.labelSmoothing,
    "train.classWeights": train.classWeights,
    "train.select": train.select,
    seed,
    "train and valid (digest)": dataDigest,
    "weights begun with (digest)": startDigest,
  };
}
