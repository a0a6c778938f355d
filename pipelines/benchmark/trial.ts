/** A trial: one model under one setting on one seed's split of one set, and the folder that it has. */

import { join } from "node:path";
import type { Settings } from "../../src/report/benchmark-record.ts";
import { type ModelName, modelKind } from "./models.ts";

/** What is tried of a network. */
export interface Setting {
  readonly lr: number;
  readonly batchSize: number;
}

export interface Trial {
  readonly set: string;
  readonly model: ModelName;
  /** Absent of baselines, which choose theirs by themselves. */
  readonly setting?: Setting;
  readonly seed: number;
}

/** What is tried for each network, learning rates outside. */
export function settingsOf(lr: readonly number[], batch: readonly number[]): readonly Setting[] {
  return lr.flatMap((rate) => batch.map((batchSize) => ({ lr: rate, batchSize })));
}

/** The settings of a model: those of the grid, or the one that a baseline has. */
function settingsOfModel(
  model: ModelName,
  grid: readonly Setting[],
): readonly (Setting | undefined)[] {
  return modelKind(model) === "network" ? grid : [undefined];
}

/** Returns all trials of a set, seed by seed within each setting. */
export function trialsOf(
  set: string,
  models: readonly ModelName[],
  grid: readonly Setting[],
  seeds: number,
): readonly Trial[] {
  return models.flatMap((model) =>
    settingsOfModel(model, grid).flatMap((setting) =>
      Array.from({ length: seeds }, (_, i) => ({
        ...{ set, model, seed: i + 1 },
        ...(setting === undefined ? {} : { setting }),
      })),
    ),
  );
}

/** `lr=0.001,batch=128`. */
function settingName({ lr, batchSize }: Setting): string {
  return `lr=${lr},batch=${batchSize}`;
}

/** As reports name settings; nothing where there are none. */
export function settingsRecord(setting: Setting | undefined): Settings {
  return setting === undefined ? {} : { ...setting };
}

export function trialFolder(out: string, { set, model, setting, seed }: Trial): string {
  const parts = setting === undefined ? [] : [settingName(setting)];
  return join(out, "trials", set, model, ...parts, `seed=${seed}`);
}

/** `cohn tuned lr=0.001,batch=128 seed=3`. */
export function trialName({ set, model, setting, seed }: Trial): string {
  const parts = setting === undefined ? [] : [settingName(setting)];
  return [set, model, ...parts, `seed=${seed}`].join(" ");
}
