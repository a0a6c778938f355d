/**
 * Whether sequences that were asked for by class are of that class, to a judge that knows nothing of what made them: logistic
 * regression of 6-mers, fitted on real windows that the run held out. How well it judges is seen on those of them that it was not
 * fitted on, in turns; sequences of a Markov model of order 5 a class, fitted on what the run was trained on, are what composition
 * alone comes to. (A judge of the same windows that the Markov model was fitted on finds their chance words in its sequences.)
 */

import { chooseMethod } from "../../pipelines/generate/check-method.ts";
import { METHODS } from "../../pipelines/generate/methods.ts";
import { generateConfig } from "../../pipelines/generate/options.ts";
import { loadRun } from "../../pipelines/load-run.ts";
import { objectiveOf } from "../../pipelines/objective-of.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { kmerLogistic } from "../../src/benchmark/baselines/kmer-logistic.ts";
import type { LabelledWindow } from "../../src/data/labelled/labelled-windows.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { guidedDenoise } from "../../src/sampling/guidance.ts";
import { samplerRandom } from "../../src/sampling/sampler-random.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { sampledRows } from "../samplers/masked-rows.ts";
import { markovSequences } from "./markov-sequences.ts";
import { type OwnWindows, ownWindows } from "./own-windows.ts";

export interface LabelSettings {
  readonly run: string;
  /** A class and strength. */
  readonly sequences: number;
  readonly guidance: readonly number[];
  /** Of the network a sequence; undefined: one a base. */
  readonly calls: number | undefined;
  readonly seed: number;
}

export interface LabelRow {
  readonly name: string;
  /** [asked class][judged class], sequences */
  readonly judged: readonly (readonly number[])[];
}

export interface LabelTable {
  readonly settings: LabelSettings;
  readonly classes: readonly string[];
  /** Real windows of each class: what was learnt from, and what the judge knows. */
  readonly train: readonly number[];
  readonly heldOut: readonly number[];
  readonly rows: readonly LabelRow[];
}

/** One window in so many chooses the judge's penalty, and is not fitted. */
const CHOOSING = 6;
/** Parts of the held-out windows that are judged by what was fitted on the others. */
const FOLDS = 5;

type Judge = (sequences: readonly Uint8Array[]) => number[];

export async function labelTable(
  settings: LabelSettings,
  notify: (line: string) => void,
): Promise<LabelTable> {
  const { run: folder, sequences, guidance, seed } = settings;
  const run = await loadRun(folder);
  const { length } = run.config.data;
  const own = await ownWindows(folder, run.config);
  const { classes } = own;
  const judge = fitJudge(own.heldOut, classes.length);
  const rows: LabelRow[] = [];
  const add = (name: string, judged: LabelRow["judged"]): void => {
    rows.push({ name, judged });
    notify(name);
  };
  const judgedBy = (ofClass: (label: number) => readonly Uint8Array[]): LabelRow["judged"] =>
    classes.map((_, label) => countsOf(judge(ofClass(label)), classes.length));
  const idsOf = (part: OwnWindows["train"], label: number): Uint8Array[] =>
    part.filter((window) => window.label === label).map(({ ids }) => ids);
  add("real, not known to the judge", judgedInTurns(own));
  const markov = addressedRandom(seed, "demoGenome");
  const drawn = (label: number): Uint8Array[] =>
    markovSequences(idsOf(own.train, label), { count: sequences, length, label }, markov);
  add("Markov order 5 a class", judgedBy(drawn));
  for (const strength of guidance) {
    const made: Uint8Array[][] = [];
    for (const label of classes.keys()) made.push(await sampled(settings, run, label, strength));
    add(
      `guidance ${strength}`,
      judgedBy((label) => made[label] as Uint8Array[]),
    );
  }
  const sizes = (part: OwnWindows["train"]): number[] =>
    classes.map((_, label) => idsOf(part, label).length);
  return { settings, classes, train: sizes(own.train), heldOut: sizes(own.heldOut), rows };
}

function countsOf(places: readonly number[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const place of places) counts[place] = (counts[place] as number) + 1;
  return counts;
}

function judgedInTurns({ classes, heldOut }: OwnWindows): number[][] {
  const judged = classes.map(() => new Array<number>(classes.length).fill(0));
  for (let fold = 0; fold < FOLDS; fold++) {
    const judge = fitJudge(
      heldOut.filter((_, place) => place % FOLDS !== fold),
      classes.length,
    );
    const asked = heldOut.filter((_, place) => place % FOLDS === fold);
    for (const [i, place] of judge(asked.map(({ ids }) => ids)).entries()) {
      const own = judged[(asked[i] as LabelledWindow).label] as number[];
      own[place] = (own[place] as number) + 1;
    }
  }
  return judged;
}

function fitJudge(known: readonly LabelledWindow[], classes: number): Judge {
  const part = (isIn: (place: number) => boolean) => {
    const windows = known.filter((_, place) => isIn(place));
    return {
      ids: windows.map(({ ids }) => ids),
      labels: Int32Array.from(windows, ({ label }) => label),
      classes,
    };
  };
  const chooses = (place: number): boolean => place % CHOOSING === 0;
  const predict = kmerLogistic.fit(
    part((place) => !chooses(place)),
    part(chooses),
  );
  return (ids) => {
    if (ids.length === 0) return [];
    const probabilities = predict(ids);
    return ids.map((_, row) => {
      const own = probabilities.subarray(row * classes, (row + 1) * classes);
      return own.indexOf(Math.max(...own));
    });
  };
}

/** Sequences of a class, as gdiff generate makes them by default. */
async function sampled(
  { sequences, calls, seed }: LabelSettings,
  run: Awaited<ReturnType<typeof loadRun>>,
  label: number,
  strength: number,
): Promise<Uint8Array[]> {
  await selectBackend("auto");
  const { length } = run.config.data;
  const objective = objectiveOf(run.config);
  const { sample } = chooseMethod(generateConfig({ run: "none" }), objective);
  const samplers = samplersOf(objective.name);
  const sampler = METHODS[sample.method].bind(samplers, sample, { window: length });
  const params = paramsFromArrays(run.weights);
  const denoise = guidedDenoise(networkDenoise(params, run.config.model), strength);
  const random = samplerRandom(seed);
  try {
    // No two classes share draws, or their sequences would be the same where the network does not listen.
    const asked = { count: sequences, size: sample.batchSize, length, first: label * sequences };
    return await sampledRows(asked, (rows) =>
      sampler(denoise, { ...rows, labels: rows.samples.map(() => label) }, calls ?? length, random),
    );
  } finally {
    disposeParams(params);
  }
}
