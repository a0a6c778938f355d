/** A fine-tuning run that never was: numbers from a small generator, consistent with each other. For tests of reports. */

import type { FinetuneRecord, TestScores } from "../../src/report/finetune-record.ts";
import { accuracyBy } from "../../src/stats/metrics/accuracy-by.ts";
import { METRICS, metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { type Predictions, selectPredictions } from "../../src/stats/predictions.ts";
import { bootstrapMetrics } from "../../src/stats/uncertainty/bootstrap.ts";
import { FABRICATED_PROVENANCE } from "./fabricated-benchmark.ts";
import { fabricatedPredictions } from "./fabricated-predictions.ts";
import { xorshift32 } from "./random-ids.ts";

const TESTS = 400;
const EPOCHS = 8;

export interface FabricatedFinetune {
  readonly classes?: readonly string[];
  /** How far the true class stands out; 0 is chance. */
  readonly strength?: number;
}

export function fabricatedFinetune(options: FabricatedFinetune = {}): FinetuneRecord {
  const { classes = ["enhancer", "promoter"], strength = 2 } = options;
  const next = xorshift32(11);
  const predictions = fabricatedPredictions({ classes, sequences: TESTS, strength, next });
  const valid = fabricatedPredictions({ classes, sequences: 200, strength, next });
  const kept = Array.from({ length: TESTS }, (_, i) => i).filter(() => next() < 0.7);
  const values = (low: number, high: number): number[] =>
    Array.from({ length: TESTS }, () => low + (high - low) * ((next() + next()) / 2));
  const perClass = (count: number): number[] => classes.map((_, c) => count + 10 * c);
  return {
    schema: 1,
    provenance: {
      ...FABRICATED_PROVENANCE,
      command: "gdiff report runs/cohn-tuned",
      backend: "native, bf16, avx512bf16",
      precision: undefined,
    },
    run: "runs/cohn-tuned (fabricated)",
    set: "human_enhancers_cohn",
    classes,
    network: "pretrained: runs/hg38-small; all of it trained; head linear, strand average",
    parameters: 1_811_396,
    checkpointSha256: "0f".repeat(32),
    isFinished: true,
    step: 1600,
    plannedEpochs: 10,
    curve: Array.from({ length: EPOCHS }, (_, i) => ({
      epoch: i + 1,
      trainLossNats: 0.6 - 0.04 * i + 0.01 * next(),
      validLossNats: 0.55 - 0.05 * i + 0.006 * i * i + 0.01 * next(),
      validAccuracy: 0.7 + 0.03 * i - 0.003 * i * i + 0.01 * next(),
    })),
    keptEpoch: 5,
    protocol:
      "Official test. Of the training sequences 10 % for validation, drawn by seed 1, sequences by class. The epoch is chosen by validation accuracy.",
    parts: [
      { name: "train", counts: perClass(1800) },
      { name: "validation", counts: perClass(200) },
      { name: "test", counts: perClass(200) },
      { name: "de-duplicated test", counts: perClass(140) },
    ],
    valid: metricsOf(valid),
    test: {
      whole: scoresOf(predictions),
      deduplicated: scoresOf(selectPredictions(predictions, kept)),
      accuracyBy: {
        length: accuracyBy(predictions, values(200, 600), [200, 300, 400, 500, 600]),
        gc: accuracyBy(predictions, values(0.25, 0.75), [0, 0.3, 0.4, 0.5, 0.6, 0.7, 1]),
        nearest: accuracyBy(predictions, values(0, 1), [0, 0.1, 0.25, 0.5, 0.9, 1]),
      },
      grouping: "overlap",
    },
    leakage: {
      intervals: undefined,
      sequences: { tests: TESTS, copies: 3, sharingBases: TESTS - kept.length },
      pretraining: { tests: TESTS, touching: 40, halfInside: 36, inside: 32 },
    },
    missing: [],
  };
}

/** Metrics and intervals, three sequences a group. */
export function scoresOf(predictions: Predictions): TestScores {
  const groups = Int32Array.from(predictions.labels, (_, i) => Math.floor(i / 3));
  const options = { seed: 1, replicates: 60 };
  return {
    metrics: metricsOf(predictions),
    intervals: bootstrapMetrics(METRICS, predictions, groups, options),
  };
}
