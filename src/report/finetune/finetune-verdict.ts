/** The first line of a fine-tuning run's page: how often it is right, and whether that is more than knowing nothing. */

import type { MetricRecord } from "../../stats/metrics/metrics-of.ts";
import type { TestKind } from "../benchmark-record.ts";
import { TEST_LABELS } from "../classification/test-labels.ts";
import type { FinetuneRecord, FinetuneTest, TestScores } from "../finetune-record.ts";
import { fixed, range } from "../numbers.ts";

export interface FinetuneVerdict {
  /** Above: on every test that is known, the interval is above the share of the most frequent class. Below: the accuracy is not, on one. */
  readonly standing: "above" | "unclear" | "below" | "absent";
  readonly text: string;
}

export function finetuneVerdict(record: FinetuneRecord): FinetuneVerdict {
  const { test, valid, isFinished } = record;
  if (!isFinished) return { standing: "absent", text: unfinished(record) };
  if (test !== undefined) return testVerdict(test);
  const share = fixed(valid?.accuracy);
  return {
    standing: "absent",
    text: `HAS NO TEST PART. Accuracy ${share} on validation, by which the epoch was chosen, so that it flatters.`,
  };
}

function unfinished({ curve, plannedEpochs, keptEpoch }: FinetuneRecord): string {
  const ended = curve.filter(({ validAccuracy }) => validAccuracy !== undefined);
  const best = ended.find(({ epoch }) => epoch === keptEpoch);
  const far = `HAS NOT FINISHED: ${ended.length} of at most ${plannedEpochs} epochs.`;
  return best === undefined
    ? far
    : `${far} The best so far is epoch ${best.epoch}, with accuracy ${fixed(best.validAccuracy)} on validation.`;
}

function testVerdict({ whole, deduplicated }: FinetuneTest): FinetuneVerdict {
  const tests = [
    ["whole", whole] as const,
    ...(deduplicated === undefined ? [] : [["deduplicated", deduplicated] as const]),
  ].filter(([, { metrics }]) => metrics.sequences > 0);
  const standings = tests.map(([, scores]) => standingOf(scores));
  const standing = standings.includes("below")
    ? "below"
    : standings.every((one) => one === "above")
      ? "above"
      : "unclear";
  const claim = {
    above: "more often than always taking the most frequent class",
    unclear: "NOT CLEARLY MORE OFTEN than always taking the most frequent class",
    below: "NOT MORE OFTEN than always taking the most frequent class",
  }[standing];
  return { standing, text: `Right ${claim}: ${tests.map(accuracyText).join("; ")}.` };
}

function accuracyText([test, { metrics, intervals }]: readonly [TestKind, TestScores]): string {
  const { interval } = intervals.accuracy;
  const reach = interval === undefined ? "" : `, 95\u00a0% ${range(interval)}`;
  return `accuracy ${fixed(metrics.accuracy)} against ${fixed(majorityShare(metrics))} on the ${TEST_LABELS[test]}${reach}`;
}

function standingOf({ metrics, intervals }: TestScores): "above" | "unclear" | "below" {
  const share = majorityShare(metrics);
  if ((metrics.accuracy ?? 0) <= share) return "below";
  return (intervals.accuracy.interval?.low ?? 0) > share ? "above" : "unclear";
}

/** Of the most frequent class among the sequences: what a guess without looking can be right on. */
export function majorityShare({ byClass, sequences }: MetricRecord): number {
  return Math.max(...byClass.map(({ count }) => count)) / sequences;
}
