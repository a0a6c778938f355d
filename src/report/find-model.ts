/** A model of a set by its name. */

import type { ModelReport, SetReport } from "./benchmark-record.ts";

/** Undefined where every setting of the model had a trial that failed. */
export function findModel({ models }: SetReport, name: string): ModelReport | undefined {
  return models.find((model) => model.name === name);
}

/** @throws {RangeError} when there is none of this name */
export function modelNamed(set: SetReport, name: string): ModelReport {
  const found = findModel(set, name);
  if (found !== undefined) return found;
  throw new RangeError(`internal: expected a model named ${name} in ${set.name}`);
}
