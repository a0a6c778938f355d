/** Settings that belong to some arms only: `--set-for ar:train.lr=1e-3`. */

import { commandLineLayer } from "../../src/config/command-line-layer.ts";
import type { ConfigLayer } from "../../src/config/layer.ts";
import { flattenOptions } from "../../src/config/option-table.ts";
import { ConfigError } from "../../src/errors.ts";
import { pretrainOptions } from "../pretrain/options.ts";
import type { Arm, ArmStage } from "./arm.ts";

interface ArmSetting {
  /** An arm, all whose stages it is for, or an objective, for its stages in every arm. */
  readonly about: string;
  /** `train.lr=1e-3`. */
  readonly assignment: string;
}

/** Sections with settings of objectives, and what of them is the same for all arms, or decided by the study or an objective. */
const SECTIONS = /^(?:train|model)\./;
const NOT_OF_ARMS: readonly string[] = [
  ...["steps", "objective", "maxTime"].map((key) => `train.${key}`),
  ...["width", "layers", "heads", "classes"].map((key) => `model.${key}`),
];

const PRETRAIN = flattenOptions(pretrainOptions);

/**
 * Returns the settings of a stage as a layer, those for the arm over those for the objective.
 *
 * @throws {ConfigError} when a setting is one that all arms share
 * @throws {UsageError} when a key is unknown or a value is refused
 */
export function stageSettings(
  settings: readonly string[],
  arm: Arm,
  { objective }: ArmStage,
): ConfigLayer {
  const parsed = settings.map(parseSetting);
  const layerOf = (name: string): ConfigLayer =>
    commandLineLayer(
      new Map(),
      parsed.filter(({ about }) => about === name).map(({ assignment }) => assignment),
      PRETRAIN,
      { flag: "--set-for", prefix: `${name}:` },
    );
  return new Map([...layerOf(objective), ...(arm.name === objective ? [] : layerOf(arm.name))]);
}

/** @throws {ConfigError} when a setting is for no arm and no objective of the study */
export function checkSettings(settings: readonly string[], arms: readonly Arm[]): void {
  const known = new Set(
    arms.flatMap(({ name, stages }) => [name, ...stages.map(({ objective }) => objective)]),
  );
  for (const { about } of settings.map(parseSetting)) {
    if (known.has(about)) continue;
    throw new ConfigError(
      `expected --set-for of an arm or objective of the study (${[...known].join(", ")}), got ${about}`,
    );
  }
}

function parseSetting(text: string): ArmSetting {
  const [, about, assignment, key] = /^([^:\s]+):(([^=\s]+)=.*)$/s.exec(text) ?? [];
  if (about === undefined || assignment === undefined || key === undefined) {
    throw new ConfigError(
      `expected --set-for as NAME:KEY=VALUE, such as ar:train.lr=1e-3, got ${JSON.stringify(text)}`,
    );
  }
  const isUnknown = !PRETRAIN.has(key); // which is said of an arm's layer
  if (isUnknown || (SECTIONS.test(key) && !NOT_OF_ARMS.includes(key))) return { about, assignment };
  throw new ConfigError(
    `expected --set-for of a key of train or model other than ${NOT_OF_ARMS.join(", ")}, got ${key}: it is the same for every arm`,
  );
}
