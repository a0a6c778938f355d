/** The rows of every step of fine-tuning, made from nothing but the step's number. */

import type {
  LabelledSequence,
  LabelledSequences,
} from "../../src/data/labelled/labelled-sequence.ts";
import { epochSteps, type LabelledStep } from "../../src/data/labelled/length-buckets.ts";
import { corrupt } from "../../src/diffusion/corrupt.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import {
  type LabelledRows,
  labelledRows,
  type TargetOptions,
} from "../../src/train/classification/labelled-rows.ts";
import { orientedIds } from "../../src/train/classification/sequence-rows.ts";
import type { MaskShare } from "./mask-share-type.ts";

export interface RowOptions extends TargetOptions {
  /** Sequences of an update. */
  readonly batchSize: number;
  /** Most tokens of a forward pass; absent is a whole update, however long its sequences. */
  readonly tokens?: number;
  /** Whether a sequence is read from either strand, drawn anew each epoch. */
  readonly isEitherStrand: boolean;
  /** Probability that a base is masked, drawn anew each epoch. */
  readonly maskShare: MaskShare;
  readonly seed: number;
}

export interface TrainingRows {
  /** Updates of an epoch. */
  readonly stepsPerEpoch: number;
  /** The micro-batches of the update after `step` of them. */
  rowsOf(step: number): readonly LabelledRows[];
}

/** Returns the rows of `train`; an epoch has every sequence once. */
export function trainingRows(
  { sequences }: LabelledSequences,
  { batchSize, tokens, isEitherStrand, maskShare, seed, ...targets }: RowOptions,
): TrainingRows {
  const bases = sequences.map(({ ids }) => ids);
  const lengths = bases.map(({ length }) => (tokens === undefined ? 1 : length)); // without a limit a row counts one
  const cut = { batch: batchSize, tokens: tokens ?? batchSize, seed };
  const strand = addressedRandom(seed, "classifierStrand");
  const mask = addressedRandom(seed, "classifierMask");
  const stepsPerEpoch = Math.ceil(sequences.length / batchSize);
  let current: { epoch: number; steps: readonly LabelledStep[] } | undefined;
  const stepsOf = (epoch: number): readonly LabelledStep[] => {
    if (current?.epoch !== epoch) {
      current = { epoch, steps: epochSteps(lengths, cut, epoch) };
    }
    return current.steps;
  };
  return {
    stepsPerEpoch,
    rowsOf(step) {
      const epoch = Math.floor(step / stepsPerEpoch);
      const { microBatches } = stepsOf(epoch)[step % stepsPerEpoch] as LabelledStep;
      return microBatches.map((places) => {
        const isReverse = places.map(
          (place) => isEitherStrand && strand.uniform(place, epoch) < 0.5,
        );
        const oriented = orientedIds(bases, { places, isReverse });
        const ids =
          maskShare === 0
            ? oriented
            : oriented.map((row, i) => {
                const example = epoch * bases.length + (places[i] as number);
                const share = maskShare === "uniform" ? mask.uniform(example, 1) : maskShare;
                return corrupt(row, share, mask, example); // whose draws are those of step 0
              });
        const labels = places.map((place) => (sequences[place] as LabelledSequence).label);
        return labelledRows({ places, isReverse, ids }, labels, targets);
      });
    },
  };
}
