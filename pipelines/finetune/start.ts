/** What a fine-tuning run begins with: a pretrained run's weights or fresh ones, or what its checkpoint holds. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { initCnn } from "../../src/model/init-benchmark-cnn.ts";
import { initClassifier } from "../../src/model/init-classifier.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { paramsToArrays } from "../../src/tensor/params.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { stateFromFiles } from "../../src/train/state-files.ts";
import { initialState, type TrainState } from "../../src/train/train-state.ts";
import { loadRun } from "../load-run.ts";
import { cnnConfig, cnnNetwork } from "./cnn-network.ts";
import { headNetwork } from "./head-network.ts";
import { FRESH } from "./identity.ts";
import type { FinetuneNetwork } from "./network.ts";
import type { OpenedLabelled } from "./open-labelled.ts";
import { BENCHMARK_CNN, type FinetuneConfig } from "./options.ts";
import { type FinetuneProgress, savedProgress } from "./saved-progress.ts";
import type { TrainingRows } from "./training-rows.ts";
import { classifierConfig, transformerNetwork } from "./transformer-network.ts";

/** The network as training begins, and what its weights are. */
export interface Begun {
  /** The caller disposes it. */
  readonly network: FinetuneNetwork;
  /** SHA-256 of the pretrained checkpoint's manifest, or `FRESH`. */
  readonly digest: string;
  /** Updates that the pretrained weights have seen; absent of fresh ones. */
  readonly pretrainedSteps?: number;
  readonly notices: readonly string[];
}

/**
 * Makes the network of `config`; a backend must be selected.
 *
 * @throws {RunFolderError | CheckpointError | ConfigError} when the pretrained run cannot be loaded
 */
export async function beginNetwork(
  config: FinetuneConfig,
  data: OpenedLabelled,
  rows: TrainingRows,
): Promise<Begun> {
  const { run, fromScratch, model, seed } = config;
  const classes = data.classes.length;
  const ids = { train: idsOf(data.train), valid: idsOf(data.valid) };
  if (fromScratch === BENCHMARK_CNN) {
    const cnn = cnnConfig(longestOf(data), classes);
    const { params, buffers } = initCnn(cnn, seed);
    const network = cnnNetwork(cnn, rows, { ...params, ...buffers }, ids.valid);
    return { network, digest: FRESH, notices: cnnNotices(model) };
  }
  const size = classifierConfig(model, classes);
  const trained = run === undefined ? undefined : await loadRun(run, size.backbone);
  const weights = initClassifier(size, seed, trained?.weights);
  const whole = transformerNetwork(model, classes, weights, ids.valid);
  const { network, notices } =
    model.tune === "head" ? headNetwork(whole, ids, config) : { network: whole, notices: [] };
  if (trained === undefined) return { network, digest: FRESH, notices };
  return {
    network,
    digest: trained.checkpointSha256,
    pretrainedSteps: trained.step,
    notices: [...trained.notices, ...notices],
  };
}

/** A line where a head or a part to tune is asked for that this network has not. */
function cnnNotices({ head, tune }: FinetuneConfig["model"]): readonly string[] {
  if (head === "linear" && tune === "all") return [];
  return [
    `${BENCHMARK_CNN} is tuned whole, with its own head: --tune ${tune} and --head ${head} say nothing of it`,
  ];
}

function idsOf({ sequences }: LabelledSequences): readonly Uint8Array[] {
  return sequences.map(({ ids }) => ids);
}

function longestOf({ train, valid, test }: OpenedLabelled): number {
  const parts = [train, valid, ...(test === undefined ? [] : [test])];
  return parts
    .flatMap(({ sequences }) => sequences)
    .reduce((most, { ids }) => Math.max(most, ids.length), 0);
}

/** Returns the state of the tuned parameters, which the caller disposes, and the progress so far. */
export async function startOrSaved(
  checkpoint: Checkpoint | undefined,
  { tuned, start, shapes }: FinetuneNetwork,
): Promise<{ readonly state: TrainState; readonly progress: FinetuneProgress }> {
  const chosen = <Value>(all: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(tuned.map((name) => [name, all[name] as Value]));
  if (checkpoint === undefined) {
    const weights: NamedArrays = await paramsToArrays(start);
    return {
      state: initialState(chosen(weights)),
      progress: { best: undefined, bestWeights: weights },
    };
  }
  return {
    state: stateFromFiles(checkpoint.step, checkpoint.files, chosen(shapes), checkpoint.dir),
    progress: savedProgress(checkpoint, shapes),
  };
}
