/** The trials of a study: every arm with every seed, each a run of `gdiff pretrain` a stage. */

import { join } from "node:path";
import { recordedValues } from "../../src/config/config-yaml.ts";
import { mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions } from "../../src/config/option-table.ts";
import { ConfigError } from "../../src/errors.ts";
import {
  type PartialConfig,
  type PretrainConfig,
  pretrainOptions,
  resolvePretrain,
} from "../pretrain/options.ts";
import { DEFAULT_NOISE } from "../pretrain/sections.ts";
import { arithmeticChoice } from "../shared-options.ts";
import { type Arm, type ArmStage, parseArms, stageSteps } from "./arm.ts";
import { stageSettings } from "./arm-settings.ts";
import { expectStagesFit } from "./expect-stages-fit.ts";
import type { StudyConfig } from "./options.ts";

export interface StageRun {
  /** Run folder. */
  readonly folder: string;
  /** As `gdiff pretrain` makes it, but for its folder. */
  readonly config: PretrainConfig;
  /** Bases of a step. */
  readonly tokensPerStep: number;
}

export interface StudyTrial {
  readonly arm: Arm;
  readonly seed: number;
  /** `mlm+mdlm seed=2`. */
  readonly name: string;
  readonly folder: string;
  readonly stages: readonly StageRun[];
}

/** A later stage reads other windows than the first: its seed lies so far beyond. */
const STAGE_SEEDS = 1000;
const VALIDATIONS = 20;
const SAVES = 10;
const MOST_STEPS_UNSAVED = 500;

/** What is planned for each stage, or follows from its objective. */
const PLANNED: readonly string[] = [
  ...["steps", "objective", "validEvery", "saveEvery"].map((key) => `train.${key}`),
  ...["attention", "isToldNoise", "headWidth"].map((key) => `model.${key}`),
];

const PRETRAIN = flattenOptions(pretrainOptions);

/**
 * Returns all trials, seed by seed, so that a study that is cut has something to compare.
 *
 * @throws {ConfigError} when an arm cannot be trained as `config` says, or its stages do not fit each other
 */
export async function planTrials(config: StudyConfig): Promise<readonly StudyTrial[]> {
  const arms = parseArms(config.objectives);
  const trials: StudyTrial[] = [];
  for (let seed = 1; seed <= config.seeds; seed++) {
    for (const arm of arms) {
      const folder = join(config.out, "trials", arm.name, `seed=${seed}`);
      const stages = await stageRuns(config, arm, seed, folder);
      trials.push({ arm, seed, name: `${arm.name} seed=${seed}`, folder, stages });
    }
  }
  return trials;
}

async function stageRuns(
  config: StudyConfig,
  arm: Arm,
  seed: number,
  folder: string,
): Promise<readonly StageRun[]> {
  const folders = arm.stages.map(({ objective }, i) => join(folder, `${i + 1}-${objective}`));
  const configs: PretrainConfig[] = [];
  for (const [i, stage] of arm.stages.entries()) {
    const init = i === 0 ? {} : { init: folders[i - 1] as string };
    configs.push(await stageConfig(config, arm, stage, { ...init, seed: seed + STAGE_SEEDS * i }));
  }
  expectStagesFit(arm, configs);
  const perStep = configs.map(
    ({ data, train }) => train.batchSize * train.accumulate * data.length,
  );
  const steps = stageSteps(arm, config.tokens, perStep);
  const all = steps.reduce((sum, one) => sum + one, 0);
  return configs.map((own, i) => {
    const count = steps[i] as number;
    const { validEvery, saveEvery } = config.train;
    const train = {
      ...own.train,
      steps: count,
      validEvery: validEvery ?? Math.max(1, Math.round(all / VALIDATIONS)),
      saveEvery: saveEvery ?? Math.min(MOST_STEPS_UNSAVED, Math.max(1, Math.round(count / SAVES))),
    };
    return {
      folder: folders[i] as string,
      config: { ...own, train },
      tokensPerStep: perStep[i] as number,
    };
  });
}

function stageConfig(
  config: StudyConfig,
  arm: Arm,
  stage: ArmStage,
  own: Pick<PretrainConfig, "seed" | "init">,
): Promise<PretrainConfig> {
  const { preset, data, model, train, setFor = [] } = config;
  const { validEvery: _valid, saveEvery: _save, clip = null, ...shared } = train;
  const part: PartialConfig<PretrainConfig> = {
    ...{ preset, data, model, ...arithmeticChoice(config), ...own },
    train: { ...shared, clip, objective: stage.objective },
  };
  const layer = mappingLayer(part, "study", PRETRAIN, "check");
  const settings = stageSettings(setFor, arm, stage);
  return resolvePretrain([layer, settings]).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      `${error.message}, in arm ${arm.name} (--set-for NAME:KEY=VALUE, such as bd3:model.blockLength=4, is a setting of one arm or objective)`,
    );
  });
}

/** Settings of an objective that has none of them. */
const ABSENT: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["train.maskWarmup", 0],
  ["train.noise", DEFAULT_NOISE],
]);

/** What a stage has that the study does not say of all: `train.lr=0.002`, `model.blockLength=4`. */
export function ownSettings(
  { config }: StageRun,
  { train, model }: Pick<StudyConfig, "train" | "model">,
): readonly string[] {
  const shared = new Map<string, unknown>([
    ...Object.entries(train).map(([key, value]) => [`train.${key}`, value] as const),
    ...Object.entries(model).map(([key, value]) => [`model.${key}`, value] as const),
  ]);
  return [...recordedValues(pretrainOptions, config)]
    .filter(([key]) => /^(?:train|model)\./.test(key) && !PLANNED.includes(key))
    .filter(([key, value]) => (value ?? undefined) !== shared.get(key))
    .filter(([key, value]) => value !== ABSENT.get(key))
    .map(([key, value]) => `${key}=${value}`);
}
