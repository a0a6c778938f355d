/** Which look each model of a benchmark has, the same in every chart. */

import type { BenchmarkRecord, ModelReport } from "../benchmark-record.ts";
import type { Tone } from "../svg/chart.ts";

/** What a report is about. */
export type Roles = Pick<BenchmarkRecord, "mainModel" | "yardstick">;

/** In plots of all models: the main one, other networks, and what has no network. */
export function toneOf({ name, kind }: ModelReport, { mainModel }: Roles): Tone {
  if (name === mainModel) return "main";
  return kind === "network" ? "second" : "base";
}

/** In plots of a few curves: the main model, then the others one after another. */
export function curveTones(models: readonly ModelReport[], { mainModel }: Roles): Tone[] {
  const others: readonly Tone[] = ["second", "third", "base"];
  let next = 0;
  return models.map(({ name }) =>
    name === mainModel ? "main" : (others[Math.min(next++, others.length - 1)] as Tone),
  );
}
