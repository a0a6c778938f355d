/** What makes a fine-tuning run the run it is. */

import { CheckpointError } from "../../src/errors.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { type Identity, STATE_FILE, savedIdentity } from "../run-folder/saved-state.ts";
import type { FinetuneConfig } from "./options.ts";

/** Key of the bases of the longest sequence that the network takes. */
const LONGEST = "model.longest";

/**
 * Dotted keys and values that may not change between start and resumption; everything else may.
 *
 * @param longest bases of a sequence that the network takes; undefined is any
 */
export function finetuneIdentity(
  { model, train, seed }: FinetuneConfig,
  classes: readonly string[],
  dataDigest: string,
  startDigest: string,
  longest: number | undefined,
): Identity {
  return {
    "model.width": model.width,
    "model.layers": model.layers,
    "model.heads": model.heads,
    "model.head": model.head,
    "model.tune": model.tune,
    "model.strand": model.strand,
    ...(longest === undefined ? {} : { [LONGEST]: longest }),
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

/** What a checkpoint says of the network's ends. */
export interface SavedNetwork {
  readonly classes: readonly string[];
  readonly longest?: number;
}

/**
 * Returns the classes, and the longest sequence, of the network that a checkpoint holds.
 *
 * @throws {CheckpointError} when its state.json does not say
 */
export function savedNetwork(checkpoint: Checkpoint): SavedNetwork {
  const { classes: text, [LONGEST]: longest } = savedIdentity(checkpoint);
  const classes = typeof text === "string" ? parseNames(text) : undefined;
  if (classes === undefined) {
    throw new CheckpointError(
      `${checkpoint.dir}/${STATE_FILE}: expected the names of the classes under "run", got ${JSON.stringify(text) ?? "none"}`,
    );
  }
  return typeof longest === "number" ? { classes, longest } : { classes };
}

function parseNames(text: string): readonly string[] | undefined {
  try {
    const names: unknown = JSON.parse(text);
    const isList = Array.isArray(names) && names.every((name) => typeof name === "string");
    return isList && names.length >= 2 ? names : undefined;
  } catch {
    return undefined;
  }
}
