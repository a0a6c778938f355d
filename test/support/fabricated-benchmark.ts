/** A benchmark that was never run: numbers from a small generator, consistent with each other. For tests of reports. */

import type {
  BenchmarkRecord,
  CurvePoint,
  FailedTrial,
  SeedReport,
  SetReport,
  TriedSettings,
} from "../../src/report/benchmark-record.ts";
import { compareModels, type ModelRuns, modelReport } from "../../src/report/model-report.ts";
import type { Provenance } from "../../src/report/provenance.ts";
import { accuracyBy } from "../../src/stats/metrics/accuracy-by.ts";
import { metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { chosenPredictions, fabricatedPredictions } from "./fabricated-predictions.ts";
import { xorshift32 } from "./random-ids.ts";

/** Name, label, kind, and how strong a classifier it plays. */
const MODELS = [
  ["majority", "majority class", "baseline", 0],
  ["length", "length, logistic regression", "baseline", 0.25],
  ["gc", "GC share, logistic regression", "baseline", 0.7],
  ["kmer6", "6-mer logistic regression", "baseline", 1.5],
  ["cnn", "the benchmark's CNN", "network", 1.3],
  ["scratch", "the same network from scratch", "network", 1.75],
  ["tuned", "pretrained and tuned network", "network", 2.2],
] as const;

interface FabricatedSet {
  readonly name: string;
  readonly classes: readonly string[];
  readonly sequences: number;
  /** Added to the strength of the main model. */
  readonly lift: number;
}

const SETS: readonly FabricatedSet[] = [
  {
    name: "human_nontata_promoters",
    classes: ["negative", "positive"],
    sequences: 903,
    lift: 0.3,
  },
  { name: "human_enhancers_cohn", classes: ["negative", "positive"], sequences: 694, lift: -0.9 },
  {
    name: "human_ensembl_regulatory",
    classes: ["enhancer", "ocr", "promoter"],
    sequences: 900,
    lift: 0,
  },
];

export const FABRICATED_PROVENANCE: Provenance = {
  gdiffVersion: "0.1.0",
  date: "2026-01-31 (fabricated)",
  command: "gdiff benchmark runs/hg38-small --sets all --seeds 5 --lr 1e-3,2e-3 --batch 128,256",
  config: "seed: 1\ndata:\n  sets: all\ntrain:\n  lr: [0.001, 0.002]\n  batchSize: [128, 256]\n",
  hardware: "fabricated: 2 cores, 8 GiB",
  backend: "native",
  precision: "fp32",
  seconds: 18_732,
  data: [
    { name: "human_nontata_promoters", sha256: "ab".repeat(32) },
    { name: "human_enhancers_cohn", sha256: "cd".repeat(32) },
    { name: "human_ensembl_regulatory", sha256: "ef".repeat(32) },
  ],
};

/** Of the second set. */
const FAILED: FailedTrial = {
  ...{ model: "tuned", label: "pretrained and tuned network", seed: 3 },
  settings: { lr: 0.5, batchSize: 128 },
  reason: "expected a finite parameter norm at step 41: lower --lr or lengthen the warm-up",
  folder: "trials/human_enhancers_cohn/tuned/lr=0.5,batch=128/seed=3",
};

export function fabricatedBenchmark(seeds = 5, sets = SETS): BenchmarkRecord {
  return {
    schema: 1,
    provenance: FABRICATED_PROVENANCE,
    mainModel: "tuned",
    yardstick: "kmer6",
    sets: sets.map((set, i) => fabricatedSet(set, i + 1, seeds)),
    leftOut: [
      {
        set: "demo_human_or_worm",
        reason:
          "expected WBcel235, which the intervals of demo_human_or_worm lie on (https://me:hunter2@host/worm.fa.gz), got none on this machine: describe it to gdiff data add",
      },
    ],
    published: [],
  };
}

function fabricatedSet(set: FabricatedSet, number: number, seeds: number): SetReport {
  const runs = MODELS.map(([name, label, kind, strength], m): ModelRuns => {
    const lifted = name === "tuned" ? strength + set.lift : strength;
    const numbers = Array.from({ length: seeds }, (_, i) => i + 1);
    const isTuned = kind === "network" && name !== "cnn";
    return {
      name,
      label,
      kind,
      seeds: numbers.map((seed) =>
        fabricatedSeed(set, seed, isTuned, lifted, xorshift32(1000 * number + 50 * m + seed)),
      ),
      tried: isTuned ? numbers.flatMap((seed) => triedBy(seed, lifted)) : [],
    };
  });
  const main = runs.at(-1) as ModelRuns;
  const ofClass = (share: number): number[] =>
    set.classes.map((_, c) => Math.round((share * set.sequences * (5 + c)) / 10));
  const tests = set.sequences;
  return {
    name: set.name,
    classes: set.classes,
    protocol:
      "Official split; 10 % of its training part, drawn by seed and class, are for validation.",
    deduplication:
      "Left out: test sequences that share 64 bases in a row with a training sequence, on either strand.",
    parts: [
      { name: "train", counts: ofClass(6) },
      { name: "validation", counts: ofClass(0.7) },
      { name: "test", counts: ofClass(1) },
      { name: "de-duplicated test", counts: ofClass(0.6) },
    ],
    models: runs.map(modelReport),
    failures: number === 2 ? [FAILED] : [],
    differences: runs.slice(0, -1).map((other) => compareModels(main, other, "accuracy")),
    leakage: {
      intervals: {
        tests,
        overlapping: Math.round(0.492 * tests),
        halfCovered: Math.round(0.475 * tests),
        halfCoveredSameLabel: Math.round(0.474 * tests),
        copies: number,
        copiesOtherLabel: 0,
      },
      sequences: { tests, copies: number, sharingBases: Math.round(0.48 * tests) },
      pretraining: {
        tests,
        touching: Math.round(0.081 * tests),
        halfInside: Math.round(0.08 * tests),
        inside: Math.round(0.079 * tests),
      },
    },
  };
}

function fabricatedSeed(
  { classes, sequences }: FabricatedSet,
  seed: number,
  isTuned: boolean,
  strength: number,
  next: () => number,
): SeedReport {
  const whole = fabricatedPredictions({ classes, sequences, strength, next });
  const kept = Array.from({ length: sequences }, (_, i) => i).filter(() => next() < 0.6);
  const values = (low: number, high: number): number[] =>
    Array.from({ length: sequences }, () => low + (high - low) * ((next() + next()) / 2));
  const epochs = isTuned ? 12 : 0;
  return {
    seed,
    settings: isTuned ? { lr: 0.002, batchSize: 128 } : {},
    tests: { whole: metricsOf(whole), deduplicated: metricsOf(chosenPredictions(whole, kept)) },
    validAccuracy: metricsOf(whole).accuracy,
    curve: Array.from({ length: epochs }, (_, i) => curvePoint(i + 1, strength, next)),
    keptEpoch: isTuned ? 9 : undefined,
    accuracyBy: {
      length: accuracyBy(whole, values(200, 600), [200, 300, 400, 500, 600]),
      gc: accuracyBy(whole, values(0.25, 0.75), [0, 0.3, 0.4, 0.5, 0.6, 0.7, 1]),
      nearest: accuracyBy(whole, values(0, 1), [0, 0.1, 0.25, 0.5, 0.9, 1]),
    },
    seconds: isTuned ? 400 + 30 * next() : 3 + next(),
  };
}

function curvePoint(epoch: number, strength: number, next: () => number): CurvePoint {
  const done = 1 - Math.exp(-epoch / 3);
  return {
    epoch,
    trainLossNats: 0.69 - 0.13 * strength * done + 0.01 * next() - 0.006 * epoch,
    validLossNats: 0.69 - 0.12 * strength * done + 0.02 * next() + 0.0012 * epoch ** 1.5,
    validAccuracy: 0.5 + 0.17 * strength * done + 0.012 * next(),
  };
}

function triedBy(seed: number, strength: number): TriedSettings[] {
  return [0.001, 0.002].flatMap((lr) =>
    [128, 256].map((batchSize) => ({
      seed,
      settings: { lr, batchSize },
      validAccuracy: 0.5 + 0.17 * strength - (lr === 0.001 ? 0.011 : 0) - batchSize / 40_000,
      isChosen: lr === 0.002 && batchSize === 128,
    })),
  );
}
