/** The trials of one model on one set: which setting validation chooses, and what it came to. */

import type { TriedSettings } from "../../src/report/benchmark-record.ts";
import { accuracy } from "../../src/stats/metrics/accuracy.ts";
import { logLoss } from "../../src/stats/metrics/log-loss.ts";
import { measure } from "../../src/stats/metrics/metric.ts";
import { predictionsPath, readPredictions } from "../labelled/predictions-files.ts";
import { tablePredictions } from "../labelled/predictions-table.ts";
import { readFailure } from "../trials/failed-trial.ts";
import { chooseSetting, type SettingScore } from "./choose-setting.ts";
import { settingsRecord, type Trial, trialFolder } from "./trial.ts";
import { readTrialResult, type TrialResult } from "./trial-result.ts";

export interface ModelTrials {
  /** Under the setting that was chosen, in the order of seeds; empty where every setting has a trial that failed. */
  readonly chosen: readonly ChosenTrial[];
  /** What has finished, setting by setting; empty where one setting was given. */
  readonly tried: readonly TriedSettings[];
  readonly failures: readonly TrialAndReason[];
}

export interface ChosenTrial {
  readonly trial: Trial;
  readonly folder: string;
  readonly result: TrialResult;
  readonly validAccuracy: number;
}

export interface TrialAndReason {
  readonly trial: Trial;
  readonly reason: string;
}

interface ScoredTrial extends ChosenTrial {
  /** Nats. */
  readonly validLoss: number;
}

/**
 * Chooses a setting by the tables of validation; those of the test are not opened.
 *
 * @param trials of one model, each finished or failed
 */
export async function modelTrials(out: string, trials: readonly Trial[]): Promise<ModelTrials> {
  const settings = [...bySetting(trials).values()];
  const failures: TrialAndReason[] = [];
  const scored: ScoredTrial[][] = [];
  for (const own of settings) {
    const finished: ScoredTrial[] = [];
    for (const trial of own) {
      const folder = trialFolder(out, trial);
      const result = await readTrialResult(folder);
      if (result === undefined) failures.push({ trial, reason: await failureReason(folder) });
      else finished.push({ trial, folder, result, ...(await validScore(folder)) });
    }
    scored.push(finished);
  }
  const whole = scored.filter((finished, i) => finished.length === settings[i]?.length);
  const best =
    whole.length === 0 ? [] : (whole[chooseSetting(whole.map(settingScore))] as ScoredTrial[]);
  return {
    chosen: best,
    tried:
      settings.length === 1
        ? []
        : scored.flatMap((own) => own.map((one) => triedOf(one, own === best))),
    failures,
  };
}

function bySetting(trials: readonly Trial[]): ReadonlyMap<string, readonly Trial[]> {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = JSON.stringify(trial.setting) ?? "";
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  return groups;
}

async function failureReason(folder: string): Promise<string> {
  const failure = await readFailure(folder);
  if (failure !== undefined) return failure.reason;
  throw new RangeError(`internal: expected the trial in ${folder} to have ended`);
}

async function validScore(
  folder: string,
): Promise<Pick<ScoredTrial, "validAccuracy" | "validLoss">> {
  const table = await readPredictions(folder, "valid");
  const predictions = tablePredictions(table, predictionsPath(folder, "valid"));
  return {
    validAccuracy: measure(accuracy, predictions) as number,
    validLoss: measure(logLoss, predictions) as number,
  };
}

function settingScore(seeds: readonly ScoredTrial[]): SettingScore {
  return {
    accuracies: seeds.map(({ validAccuracy }) => validAccuracy),
    losses: seeds.map(({ validLoss }) => validLoss),
  };
}

function triedOf({ trial, validAccuracy }: ScoredTrial, isChosen: boolean): TriedSettings {
  const { seed, setting } = trial;
  return { seed, settings: settingsRecord(setting), validAccuracy, isChosen };
}
