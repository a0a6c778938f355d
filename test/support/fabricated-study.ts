/** A study that was never run: numbers from a small generator, consistent with each other. For tests of reports. */

import type {
  ArmReport,
  KmerDivergence,
  StudyRecord,
  TrialReport,
} from "../../src/report/study-record.ts";
import {
  bitsDifference,
  bitsOverSeeds,
  type SeedWindows,
} from "../../src/score/bits-over-seeds.ts";
import { mean } from "../../src/stats/mean.ts";
import { FABRICATED_PROVENANCE } from "./fabricated-benchmark.ts";
import { xorshift32 } from "./random-ids.ts";

/** Stages, kind of number, bits per base, divergence of 6-mers, and bases a second. */
const ARMS = [
  [["ar"], "exact", 1.9012, 0.041, 51_234],
  [["mdlm"], "bound", 1.9304, 0.048, 47_900],
  [["sedd"], "bound", 1.9325, 0.052, 46_100],
  [["mlm", "mdlm"], "bound", 1.9402, 0.047, 48_800],
  [["mlm"], "bound", 1.989, 0.09, 49_700],
] as const;

const WINDOWS = 240;
const BASES = 1024;
const TOKENS = 40_960_000;
const VALIDATIONS = 20;
const REFERENCES = [
  ["real DNA", 0.031],
  ["Markov order 0", 0.121],
  ["Markov order 3", 0.072],
  ["Markov order 5", 0.038],
] as const;

/** @param seeds of every arm @param calls numbers of network evaluations that were tried */
export function fabricatedStudy(seeds = 3, calls: readonly number[] = [32, 128, 512]): StudyRecord {
  const next = xorshift32(11);
  const noise = (size: number): number => size * (2 * next() - 1);
  const drawn = Float64Array.from({ length: WINDOWS }, () => noise(0.2));
  const middle = mean(drawn).value;
  const hardness = drawn.map((hard) => hard - middle);
  const windows = ARMS.map(([, , bits]) =>
    Array.from({ length: seeds }, (_, s): SeedWindows => {
      const lift = noise(0.002);
      return {
        seed: s + 1,
        nats: hardness.map((hard) => (bits + lift + hard + noise(0.02)) * BASES * Math.LN2),
        bases: hardness.map(() => BASES),
      };
    }),
  );
  const divergencesOf = (six: number): number[] =>
    [0.0002, 0.002, 0.01, 0.06, 0.3, 1].map((share) => share * six * (1 + noise(0.1)));
  const arms = ARMS.map(([objectives, kind, , six, speed], a): ArmReport => {
    const name = objectives.join("+");
    const ownCalls = name === "ar" ? [BASES] : calls;
    const own = windows[a] as SeedWindows[];
    const bits = bitsOverSeeds(own);
    const trials = own.map((one): TrialReport => {
      const { mean: value } = bitsOverSeeds([one]);
      return {
        seed: one.seed,
        bits: value,
        standardError: 0.0123,
        tokensPerSecond: speed + noise(500),
        curve: Array.from({ length: VALIDATIONS }, (_, i) => ({
          tokens: ((i + 1) * TOKENS) / VALIDATIONS,
          bits: value + 0.1 / (i + 1) + noise(0.001),
          standardError: 0.01,
          stage: Math.floor((i * objectives.length) / VALIDATIONS),
        })),
        samples: ownCalls.map((count) => ({
          calls: count,
          method: name === "ar" ? "left-to-right" : name === "sedd" ? "analytic" : "random-order",
          divergences: divergencesOf(six * (1 + 8 / count)),
        })),
        run: `trials/${name}/seed=${one.seed}/${objectives.length}-${objectives.at(-1)}`,
        checkpointSha256: "0f".repeat(32),
      };
    });
    return {
      ...{ name, kind, bits, trials },
      strand: name === "ar" ? "both" : "+",
      stages: objectives.map((objective) => ({
        objective,
        steps: 5000 / objectives.length,
        tokens: TOKENS / objectives.length,
        own: objective === "ar" ? ["train.lr=5e-4"] : [],
      })),
      parameters: 793_604,
      tokens: TOKENS,
      tokensPerSecond: mean(trials.map(({ tokensPerSecond }) => tokensPerSecond ?? 0)).value,
      samples: ownCalls.map((count, g) => ({
        calls: count,
        method: trials[0]?.samples[g]?.method ?? "",
        divergences: overSeeds(trials.map(({ samples }) => samples[g]?.divergences ?? [])),
      })),
    };
  });
  const pairs = arms.flatMap((_, i) =>
    arms.slice(i + 1).map((_more, j) => [i, i + 1 + j] as const),
  );
  const confidence = 1 - 0.05 / pairs.length;
  return {
    schema: 1,
    provenance: {
      ...FABRICATED_PROVENANCE,
      command:
        "gdiff study objectives --genome hg38 --objectives ar,mdlm,sedd,mlm+mdlm,mlm --out study",
      config: "objectives:\n  - ar\n  - mdlm\nseeds: 3\n",
    },
    design: {
      ...{ tokens: TOKENS, seeds, network: { layers: 2, width: 64, heads: 2 }, windowBases: BASES },
      test: { what: "test split", windows: WINDOWS, bases: WINDOWS * BASES, draws: 8 },
      ...{ generated: 64, compared: 64, confidence: 0.95 },
    },
    arms,
    baselines: [
      { name: "back-off of orders 0–12", bits: 1.9521, standardError: 0.004 },
      { name: "Markov order 8", bits: 1.9633, standardError: 0.004 },
      { name: "uniform", bits: 2, standardError: 0 },
    ],
    references: REFERENCES.map(([name, six]) => ({
      name,
      divergences: overSeeds(Array.from({ length: seeds }, () => divergencesOf(six))),
    })),
    differences: pairs.flatMap(([i, j]) => {
      const [a, b] = [windows[i] as SeedWindows[], windows[j] as SeedWindows[]];
      const difference = bitsDifference(a, b, confidence);
      const [less, more] = [arms[i]?.name ?? "", arms[j]?.name ?? ""];
      return difference === undefined ? [] : [{ less, more, ...difference }];
    }),
    failures: [
      {
        ...{ arm: "mlm", seed: seeds + 1, folder: `trials/mlm/seed=${seeds + 1}` },
        reason: "expected a finite parameter norm at step 41: lower --lr or lengthen the warm-up",
      },
    ],
  };
}

function overSeeds(bySeed: readonly (readonly number[])[]): KmerDivergence[] {
  return (bySeed[0] ?? []).map((_, i) => {
    const { value, standardError } = mean(bySeed.map((one) => one[i] ?? 0));
    return { k: i + 1, bits: value, standardError };
  });
}
