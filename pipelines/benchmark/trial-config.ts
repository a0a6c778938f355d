/** What `gdiff finetune` is told in a trial of a network. */

import { recordedValues } from "../../src/config/config-yaml.ts";
import { BACKBONE_KEYS } from "../backbone-layer.ts";
import {
  BENCHMARK_CNN,
  type FinetuneConfig,
  finetuneConfig,
  finetuneOptions,
} from "../finetune/options.ts";
import type { PartialConfig } from "../pretrain/options.ts";
import { arithmeticChoice } from "../shared-options.ts";
import type { BenchmarkConfig } from "./options.ts";
import { GROUP_COLUMN } from "./sequence-table.ts";
import type { SetFiles } from "./set-files.ts";
import { type Setting, type Trial, trialFolder } from "./trial.ts";

/** Decided by a pretrained run, or by what begins from scratch. */
const NOT_OF_TUNED: readonly string[] = ["run", ...BACKBONE_KEYS];

/**
 * Returns the configuration of a network's trial.
 *
 * @throws {ConfigError} when its values do not go together
 */
export async function trialConfig(
  config: BenchmarkConfig,
  { train, test }: SetFiles,
  trial: Trial & { readonly setting: Setting },
): Promise<FinetuneConfig> {
  const { run, preset, data } = config;
  const { width, layers, heads, attention, blockLength, classes, ...classifier } = config.model;
  const { lr, batchSize } = trial.setting;
  const begin: PartialConfig<FinetuneConfig> =
    trial.model === "tuned"
      ? { run: run as string, model: classifier }
      : {
          fromScratch: trial.model === "cnn" ? BENCHMARK_CNN : config.fromScratch,
          model: config.model,
        };
  const split = {
    validShare: data.validShare,
    testShare: test === undefined ? data.testShare : 0,
    ...(data.groups === "overlap" ? { groupColumn: GROUP_COLUMN } : {}), // found once, for all trials
  };
  return finetuneConfig({
    ...begin,
    ...{ preset, seed: trial.seed, out: trialFolder(config.out, trial), resume: true },
    ...arithmeticChoice(config),
    data: { train, ...(test === undefined ? {} : { test }), ...split },
    train: {
      ...config.train,
      ...(trial.model === "cnn" ? { maskShare: 0, emaDecay: 0 } : {}), // trained as published
      ...{
        lr,
        batchSize,
        clip: config.train.clip ?? null,
        patience: config.train.patience ?? null,
      },
    },
  });
}

/** The command line of a trial, after `gdiff`. */
export function trialArguments(config: FinetuneConfig): readonly string[] {
  const { run, out } = config;
  const isOwn = (key: string): boolean => run === undefined || !NOT_OF_TUNED.includes(key);
  const values = [...recordedValues(finetuneOptions, config)].filter(([key]) => isOwn(key));
  return [
    "finetune",
    ...(run === undefined ? [] : [run]),
    ...values.flatMap(([key, value]) => ["--set", `${key}=${value}`]),
    ...["--resume", "--out", out as string],
  ];
}
