/** Which settings each network took, what else was tried, and how long it took. */

import type { ModelReport, SetReport, Settings } from "../benchmark-record.ts";
import { folded } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { type Cell, table } from "../html/table.ts";
import { duration, fixed } from "../numbers.ts";
import { settingsText } from "../settings-text.ts";

const SETTINGS_HEAD: Cell = { body: "settings", className: "text" };

export function settingsTables({ models }: SetReport): Markup {
  const chosen = models.filter(({ seeds }) =>
    seeds.some(({ settings }) => Object.keys(settings).length > 0),
  );
  const tried = models.filter((model) => model.tried.length > 0);
  return html`${chosen.length === 0 ? undefined : chosenTable(chosen)}${tried.length === 0 ? undefined : folded("Settings that were tried", triedTable(tried))}`;
}

function chosenTable(models: readonly ModelReport[]): Markup {
  return table({
    name: "Chosen settings by seed",
    caption: html`<b>Settings</b>, chosen by validation accuracy alone, of every seed.`,
    head: ["", "seed", SETTINGS_HEAD, "validation accuracy", "kept epoch", "time"],
    bodies: models.map((model) =>
      model.seeds.map(({ seed, settings, validAccuracy, keptEpoch, seconds }, i) => ({
        head: i === 0 ? model.label : "",
        cells: [
          String(seed),
          settingsCell(settings),
          fixed(validAccuracy),
          keptEpoch === undefined ? "–" : String(keptEpoch),
          duration(seconds),
        ],
      })),
    ),
  });
}

function triedTable(models: readonly ModelReport[]): Markup {
  return table({
    name: "Settings that were tried",
    caption:
      "Validation accuracy of each trial: mean over the seeds that made it, and how many of them chose it.",
    head: ["", SETTINGS_HEAD, "validation accuracy", "seeds", "chosen by"],
    bodies: models.map((model) =>
      [...bySettings(model)].map(([text, trials], i) => {
        const total = trials.reduce((sum, { validAccuracy }) => sum + validAccuracy, 0);
        return {
          head: i === 0 ? model.label : "",
          cells: [
            { body: text, className: "text" } as const,
            fixed(total / trials.length, 4),
            String(trials.length),
            String(trials.filter(({ isChosen }) => isChosen).length),
          ],
        };
      }),
    ),
  });
}

function bySettings({ tried }: ModelReport): Map<string, ModelReport["tried"]> {
  const groups = new Map<string, ModelReport["tried"]>();
  for (const trial of tried) {
    const text = settingsText(trial.settings);
    groups.set(text, [...(groups.get(text) ?? []), trial]);
  }
  return groups;
}

export function settingsCell(settings: Settings): Cell {
  return { body: settingsText(settings), className: "text" };
}
