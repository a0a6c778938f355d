/** What a fine-tuning run is about to do; said before it begins, and again in its result. */

import type { SelectedBackend } from "../../src/backends/select-backend.ts";
import { formatCount, formatNumberOf } from "../../src/util/format.ts";
import type { MaskShare } from "./mask-share-type.ts";
import type { FinetuneNetwork } from "./network.ts";
import type { OpenedLabelled } from "./open-labelled.ts";
import { BENCHMARK_CNN, type FinetuneConfig } from "./options.ts";
import { copyCounts } from "./part-copies.ts";
import type { Begun } from "./start.ts";
import type { TrainingRows } from "./training-rows.ts";

export interface FinetunePlan {
  readonly set: string;
  readonly classes: readonly string[];
  /** Sequences of each part. */
  readonly sequences: Readonly<Record<string, number>>;
  /** Those of valid that stand in train too, and those of test that stand in train or valid, on either strand. */
  readonly copies: Readonly<Record<string, number>>;
  readonly parameters: number;
  readonly tunedParameters: number;
  /** Updates that the pretrained weights had seen; absent from scratch. */
  readonly pretrainedSteps?: number;
  readonly backend: string;
  readonly precision: SelectedBackend["precision"];
  /** Updates at most. */
  readonly steps: number;
  readonly seed: number;
  /** SHA-256 of classes, labels and bases of train and valid. */
  readonly dataSha256: string;
}

export function planOf(
  { train, seed }: Pick<FinetuneConfig, "train" | "seed">,
  data: OpenedLabelled,
  rows: TrainingRows,
  { network, pretrainedSteps }: Begun,
  { name, precision }: Pick<SelectedBackend, "name" | "precision">,
): FinetunePlan {
  const { name: set, classes, digest, copies } = data;
  return {
    ...{ set, classes, sequences: countsOf(data), copies: copyCounts(copies) },
    ...parametersOf(network),
    ...(pretrainedSteps === undefined ? {} : { pretrainedSteps }),
    ...{ backend: name, precision, steps: train.epochs * rows.stepsPerEpoch, seed },
    dataSha256: digest,
  };
}

function countsOf({ train, valid, test }: OpenedLabelled): Readonly<Record<string, number>> {
  return {
    train: train.sequences.length,
    valid: valid.sequences.length,
    ...(test === undefined ? {} : { test: test.sequences.length }),
  };
}

function parametersOf({
  shapes,
  tuned,
}: FinetuneNetwork): Pick<FinetunePlan, "parameters" | "tunedParameters"> {
  const sum = (names: readonly string[]): number =>
    names
      .map((name) => shapes[name] as readonly number[])
      .reduce((total, shape) => total + shape.reduce((product, size) => product * size, 1), 0);
  return { parameters: sum(Object.keys(shapes)), tunedParameters: sum(tuned) };
}

/** One line: what training begins from, what is tuned, and for how long. */
export function describePlan(
  plan: FinetunePlan,
  { run, fromScratch, model, train }: FinetuneConfig,
): string {
  const from =
    run === undefined
      ? `fresh weights of ${fromScratch}`
      : `${run} after ${formatCount(plan.pretrainedSteps ?? 0)} steps`;
  const how = fromScratch === BENCHMARK_CNN ? "" : ` (${model.tune}, ${model.head} head)`;
  return (
    `${from}: ${formatCount(plan.tunedParameters)} of ${formatCount(plan.parameters)} parameters tuned${how}; ` +
    `at most ${formatNumberOf(plan.steps, "step")} of ${formatNumberOf(train.batchSize, "sequence")}` +
    (train.maskShare === 0 ? "" : `; ${hiddenWords(train.maskShare)}`)
  );
}

/** What training hides, and that nothing else does. */
export function hiddenWords(share: MaskShare): string {
  const what =
    share === "uniform"
      ? "a share of the bases of each sequence, from 0 to 1 and another each epoch,"
      : `a share of ${share} of the bases, others each epoch,`;
  return `${what} is hidden in training, none in validation and test`;
}
