/** The trials of one model on one set: which setting validation chooses, and what it came to. */

import type { Settings, TriedSettings } from "../../src/report/benchmark-record.ts";
import { accuracy } from "../../src/stats/metrics/accuracy.ts";
import { logLoss } from "../../src/stats/metrics/log-loss.ts";
import { measure } from "../../src/stats/metrics/metric.ts";
import { tablePredictions } from "../labelled/predictions-table.ts";
import { chooseSetting, type SettingScore } from "./choose-setting.ts";
import { type Setting, type Trial, trialFolder } from "./trial.ts";
import { predictionsPath, readPredictions } from "./trial-result.ts";

export interface ModelTrials {
  /** Under the setting that was chosen, in the order of seeds. */
  readonly chosen: readonly ChosenTrial[];
  /** Empty where there was no choice. */
  readonly tried: readonly TriedSettings[];
}

export interface ChosenTrial {
  readonly trial: Trial;
  readonly folder: string;
  readonly validAccuracy: number;
}

/**
 * Chooses a setting by the tables of validation; those of the test are not opened.
 *
 * @param trials of one model, finished
 */
export async function modelTrials(out: string, trials: readonly Trial[]): Promise<ModelTrials> {
  const bySetting = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = JSON.stringify(trial.setting);
    bySetting.set(key, [...(bySetting.get(key) ?? []), trial]);
  }
  const candidates = [...bySetting.values()];
  const scores: SettingScore[] = [];
  for (const own of candidates) scores.push(await validScore(out, own));
  const best = chooseSetting(scores);
  const accuracyOf = (candidate: number, i: number): number =>
    scores[candidate]?.accuracies[i] as number;
  return {
    chosen: (candidates[best] as Trial[]).map((trial, i) => ({
      trial,
      folder: trialFolder(out, trial),
      validAccuracy: accuracyOf(best, i),
    })),
    tried:
      candidates.length === 1
        ? []
        : candidates.flatMap((own, candidate) =>
            own.map(({ seed, setting }, i) => ({
              seed,
              settings: settingsRecord(setting),
              validAccuracy: accuracyOf(candidate, i),
              isChosen: candidate === best,
            })),
          ),
  };
}

export function settingsRecord(setting: Setting | undefined): Settings {
  return setting === undefined ? {} : { ...setting };
}

async function validScore(out: string, trials: readonly Trial[]): Promise<SettingScore> {
  const scores: { accuracy: number; loss: number }[] = [];
  for (const trial of trials) {
    const folder = trialFolder(out, trial);
    const table = await readPredictions(folder, "valid");
    const predictions = tablePredictions(table, predictionsPath(folder, "valid"));
    scores.push({
      accuracy: measure(accuracy, predictions) as number,
      loss: measure(logLoss, predictions) as number,
    });
  }
  return { accuracies: scores.map((s) => s.accuracy), losses: scores.map((s) => s.loss) };
}
