/** The first lines of a benchmark's report: whether the model beats k-mer logistic regression, set by set. */

import type { ConfidenceInterval } from "../stats/uncertainty/confidence-interval.ts";
import type {
  BenchmarkRecord,
  ModelDifference,
  ModelReport,
  SetReport,
  TestKind,
} from "./benchmark-record.ts";
import { TEST_KINDS } from "./benchmark-record.ts";
import { TEST_LABELS } from "./classification/test-labels.ts";
import { findModel, modelNamed } from "./find-model.ts";
import { fixed, signed, signedRange } from "./numbers.ts";

/** Above: by every interval that is known, of which there is one. Below: by the mean. */
type Standing = "above" | "unclear" | "below";

export interface Verdict {
  readonly set: string;
  /** Failed: there is nothing to compare. */
  readonly standing: Standing | "failed";
  /** A sentence or two, without the set's name. */
  readonly text: string;
}

/** One verdict a set, in their order. */
export function verdicts(record: BenchmarkRecord): readonly Verdict[] {
  return record.sets.map((set) => verdictOf(set, record));
}

/** Those that are known, over seeds and by bootstrap. */
function intervalsOn(difference: ModelDifference, test: TestKind): readonly ConfidenceInterval[] {
  const { overSeeds, bootstrap } = difference;
  return [overSeeds[test]?.interval, bootstrap?.[test].interval].filter(
    (interval) => interval !== undefined,
  );
}

/** Whether `difference` is clearly above zero, on one test. */
function standingOn(difference: ModelDifference, test: TestKind): Standing {
  const mean = difference.overSeeds[test]?.mean;
  if (mean === undefined) return "unclear";
  if (mean <= 0) return "below";
  const intervals = intervalsOn(difference, test);
  return intervals.length > 0 && intervals.every(({ low }) => low > 0) ? "above" : "unclear";
}

function verdictOf(set: SetReport, { mainModel, yardstick }: BenchmarkRecord): Verdict {
  const failed = failedModels(set);
  const main = findModel(set, mainModel);
  if (main === undefined) {
    return { set: set.name, standing: "failed", text: failed.map(failedText).join(" ") };
  }
  const other = modelNamed(set, yardstick);
  const difference = set.differences.find(
    ({ baseline, metric }) => baseline === yardstick && metric === "accuracy",
  );
  const standing = difference === undefined ? "unclear" : bothTests(difference);
  const claim = {
    above: `beats ${other.label}`,
    unclear: `IS NOT CLEARLY BETTER than ${other.label}`,
    below: `DOES NOT BEAT ${other.label}`,
  }[standing];
  const numbers = TEST_KINDS.map((test) => {
    const both = `${accuracy(main, test)} against ${accuracy(other, test)}`;
    const by = difference?.overSeeds[test];
    if (difference === undefined || by === undefined) return `${both} on the ${TEST_LABELS[test]}`;
    const [deciding] = intervalsOn(difference, test).toSorted((one, other) => one.low - other.low);
    const range = deciding === undefined ? "" : `, 95\u00a0% ${signedRange(deciding)}`;
    return `${both} on the ${TEST_LABELS[test]} (${signed(by.mean)}${range})`;
  });
  const verdict = `${capitalised(main.label)} ${claim}: accuracy ${numbers.join("; ")}.`;
  return { set: set.name, standing, text: [verdict, ...failed.map(failedText)].join(" ") };
}

/** Labels of the models that the set has no result of. */
function failedModels(set: SetReport): readonly string[] {
  const failed = set.failures.filter(({ model }) => findModel(set, model) === undefined);
  return [...new Set(failed.map(({ label }) => label))];
}

function failedText(label: string): string {
  return `${capitalised(label)} HAS NO RESULT: a trial failed in each of its settings.`;
}

/** Above on both tests, or below on either. */
function bothTests(difference: ModelDifference): Standing {
  const standings = TEST_KINDS.map((test) => standingOn(difference, test));
  if (standings.includes("below")) return "below";
  return standings.every((standing) => standing === "above") ? "above" : "unclear";
}

function accuracy(model: ModelReport, test: TestKind): string {
  return fixed(model.summary[test].accuracy?.mean);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
