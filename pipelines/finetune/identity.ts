/** What makes a fine-tuning run the run it is. */

import { CheckpointError } from "../../src/errors.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { type Identity, STATE_FILE, savedIdentity } from "../run-folder/saved-state.ts";
import type { FinetuneConfig } from "./options.ts";

/** Key of the bases of the longest sequence that the network takes. */
const LONGEST = "model.longest";
/** Instead of a digest where no weights were given. */
export const FRESH = "fresh";
/** Keys of what training saw, and of what it began with. */
const DATA_KEY = "train and valid (digest)";
const START_KEY = "weights begun with (digest)";

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
    "train.maskShare": train.maskShare,
    "train.emaDecay": train.emaDecay,
    "train.select": train.select,
    seed,
    [DATA_KEY]: dataDigest,
    [START_KEY]: startDigest,
  };
}

/** What a checkpoint says of the network's ends, and of where it comes from. */
export interface SavedNetwork {
  readonly classes: readonly string[];
  readonly longest?: number;
  /** SHA-256 over train and valid. */
  readonly dataDigest: string;
  /** SHA-256 of the pretrained checkpoint's manifest, or `FRESH`. */
  readonly startDigest: string;
}

/**
 * Returns what a checkpoint says of the network that it holds.
 *
 * @throws {CheckpointError} when its state.json does not say
 */
export function savedNetwork(checkpoint: Checkpoint): SavedNetwork {
  const identity = savedIdentity(checkpoint);
  const { classes: text, [LONGEST]: longest } = identity;
  const classes = typeof text === "string" ? parseNames(text) : undefined;
  if (classes === undefined) {
    throw new CheckpointError(
      `${checkpoint.dir}/${STATE_FILE}: expected the names of the classes under "run", got ${JSON.stringify(text) ?? "none"}`,
    );
  }
  const digests = {
    dataDigest: String(identity[DATA_KEY]),
    startDigest: String(identity[START_KEY]),
  };
  return { classes, ...digests, ...(typeof longest === "number" ? { longest } : {}) };
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
