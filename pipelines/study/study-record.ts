/** The record of a study from what its trials left. */

import { dealArms } from "../../src/compare/arms.ts";
import { kmerDivergences } from "../../src/compare/kmer-divergences.ts";
import type {
  ArmDifference,
  ArmReport,
  BaselineBits,
  FailedStudyTrial,
  KmerDivergence,
  KmerReference,
  StudyRecord,
  TrialReport,
} from "../../src/report/study-record.ts";
import { bitsDifference, bitsOverSeeds } from "../../src/score/bits-over-seeds.ts";
import { mean } from "../../src/stats/mean.ts";
import type { StudyConfig } from "./options.ts";
import { ownSettings } from "./plan.ts";
import type { MarkovSequences } from "./real-sequences.ts";
import { studyProvenance } from "./study-provenance.ts";
import { stageFacts, type TrialResult } from "./trial-results.ts";

/** That all differences are within their intervals, together. */
const CONFIDENCE = 0.95;

/** What a record is made of, besides the configuration. */
export interface StudyParts {
  /** At least one. */
  readonly results: readonly TrialResult[];
  readonly failures: readonly FailedStudyTrial[];
  /** Windows of the test without N. */
  readonly real: readonly Uint8Array[];
  readonly markov: readonly MarkovSequences[];
  /** Of genome and splits. */
  readonly digest: string;
}

/** @throws {VerificationError} when trials were tested on different windows */
export async function studyRecord(parts: StudyParts, config: StudyConfig): Promise<StudyRecord> {
  const { results, failures, real, markov } = parts;
  const [first] = results as readonly [TrialResult];
  const byArm = new Map<string, readonly TrialResult[]>();
  for (const result of results) {
    const { name } = result.trial.arm;
    byArm.set(name, [...(byArm.get(name) ?? []), result]);
  }
  const arms = [...byArm.values()]
    .map((own) => armReport(own, config, real))
    .sort((a, b) => a.bits.mean - b.bits.mean);
  const { test } = first;
  const { width, layers, heads } = config.model;
  const seeds = Array.from({ length: config.seeds }, (_, i) => i + 1);
  return {
    schema: 1,
    provenance: await studyProvenance(parts, config),
    design: {
      tokens: config.tokens,
      seeds: config.seeds,
      network: { width, layers, heads },
      windowBases: config.data.length,
      test: {
        what: test.what,
        windows: test.scores.windows,
        bases: test.scores.model.bases,
        draws: config.evaluate.draws,
      },
      generated: config.sample.count,
      compared: dealArms(first.generations[0]?.sequences ?? [], real, 1).generated.length,
      confidence: CONFIDENCE,
    },
    arms,
    baselines: baselinesOf(first),
    references: references(seeds, real, markov, config.sample.count),
    differences: differences(arms, byArm),
    failures,
  };
}

function armReport(
  results: readonly TrialResult[],
  config: StudyConfig,
  real: readonly Uint8Array[],
): ArmReport {
  const [{ trial, test, pretrained, generations }] = results as readonly [TrialResult];
  const stages = trial.stages.map((stage) => stageFacts(stage, ownSettings(stage, config)));
  const trials = results.map((result) => trialReport(result, real));
  const speeds = trials.flatMap(({ tokensPerSecond }) => tokensPerSecond ?? []);
  return {
    name: trial.arm.name,
    stages,
    kind: test.likelihood,
    strand: test.strand,
    parameters: pretrained.parameters,
    tokens: stages.reduce((sum, { tokens }) => sum + tokens, 0),
    bits: bitsOverSeeds(results.map(({ windows }) => windows)),
    tokensPerSecond: speeds.length === 0 ? undefined : mean(speeds).value,
    samples: generations.map(({ calls, method }, g) => ({
      calls,
      method,
      divergences: overSeeds(trials.map(({ samples }) => samples[g]?.divergences ?? [])),
    })),
    trials,
  };
}

function trialReport(
  { trial, test, tokensPerSecond, curve, generations, run }: TrialResult,
  real: readonly Uint8Array[],
): TrialReport {
  const { model } = test.scores;
  return {
    seed: trial.seed,
    bits: model.bits,
    standardError: model.standardError,
    tokensPerSecond,
    curve,
    samples: generations.map(({ calls, method, sequences }) => {
      const { generated, reference } = dealArms(sequences, real, trial.seed);
      return { calls, method, divergences: kmerDivergences(generated, reference) };
    }),
    run,
    checkpointSha256: test.checkpointSha256,
  };
}

/** Every model once, on the windows that all trials share. */
function baselinesOf({ test }: TrialResult): readonly BaselineBits[] {
  return test.scores.baselines
    .map(({ name, bits, standardError }) => ({ name, bits, standardError }))
    .sort((a, b) => a.bits - b.bits);
}

/** The same deals of real windows as beside the generated of each seed. */
function references(
  seeds: readonly number[],
  real: readonly Uint8Array[],
  markov: readonly MarkovSequences[],
  count: number,
): readonly KmerReference[] {
  const places = Array.from({ length: count }, () => new Uint8Array(1)); // as many as are generated
  const deal = (seed: number) => dealArms(places, real, seed);
  return [
    {
      name: "real DNA",
      divergences: overSeeds(
        seeds.map(deal).map((arms) => kmerDivergences(arms.real, arms.reference)),
      ),
    },
    ...markov.map(({ name, draw }) => ({
      name,
      divergences: overSeeds(
        seeds.map((seed) => {
          const { generated, reference } = dealArms(draw(seed), real, seed);
          return kmerDivergences(generated, reference);
        }),
      ),
    })),
  ];
}

/** @param bySeed divergences of each seed, by k */
function overSeeds(bySeed: readonly (readonly number[])[]): readonly KmerDivergence[] {
  const [first = []] = bySeed;
  return first.map((_, i) => {
    const { value, standardError } = mean(bySeed.map((divergences) => divergences[i] as number));
    return { k: i + 1, bits: value, standardError };
  });
}

/** Of the two of a pair, the one with more bits less the other. */
function differences(
  arms: readonly ArmReport[],
  byArm: ReadonlyMap<string, readonly TrialResult[]>,
): readonly ArmDifference[] {
  const pairs = arms.flatMap((less, i) => arms.slice(i + 1).map((more) => [less, more] as const));
  const windows = ({ name }: ArmReport) => (byArm.get(name) ?? []).map((one) => one.windows);
  return pairs.flatMap(([less, more]) => {
    const confidence = 1 - (1 - CONFIDENCE) / pairs.length; // Bonferroni
    const difference = bitsDifference(windows(less), windows(more), confidence);
    return difference === undefined ? [] : [{ less: less.name, more: more.name, ...difference }];
  });
}
