import { beforeAll, describe, expect, it } from "vitest";
import { classifier, tunedClassifier } from "../../../src/model/classifier.ts";
import {
  type ClassifierConfig,
  type Tuned,
  tunedNames,
} from "../../../src/model/classifier-config.ts";
import { initClassifier } from "../../../src/model/init-classifier.ts";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { disposeParams, paramsFromArrays } from "../../../src/tensor/params.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { classProbabilities } from "../../../src/train/classification/class-probabilities.ts";
import { classificationLoss } from "../../../src/train/classification/classification-loss.ts";
import { labelledRows } from "../../../src/train/classification/labelled-rows.ts";
import { paddedRows } from "../../../src/train/classification/padded-rows.ts";
import {
  orientedIds,
  rowsOnStrand,
  type SequenceRows,
} from "../../../src/train/classification/sequence-rows.ts";
import { singleProcess } from "../../../src/train/cluster.ts";
import { disposeState, initialState } from "../../../src/train/train-state.ts";
import { updateStep } from "../../../src/train/update-step.ts";
import { BACKENDS, maxDifference, useBackend } from "../../support/backend.ts";

const CONFIG: ClassifierConfig = {
  backbone: { width: 16, layers: 1, heads: 2 },
  head: "linear",
  classes: 2,
};
const OPTIMISER = {
  ...{ beta1: 0.9, beta2: 0.99, weightDecay: 0, isDecayed: () => false },
  ...{ clip: 1, emaDecay: 0 },
};
const TARGETS = { classes: 2, labelSmoothing: 0, classWeights: [1, 2] };
const LEARNING_RATE = 0.01;

/** Sequences of 8 to 39 bases; those of class 1 have G and C where the others have A and T, three times in four. */
function compositions(count: number, seed: number): { sequences: Uint8Array[]; labels: number[] } {
  const random = addressedRandom(seed, "corruption");
  const labels = Array.from({ length: count }, (_, i) => i % 2);
  const sequences = labels.map((label, i) =>
    Uint8Array.from({ length: 8 + random.integer(32, i) }, (_, at) => {
      const isTypical = random.uniform(i, 1, at) < 0.75;
      const isGc = isTypical === (label === 1);
      const second = random.integer(2, i, 2, at);
      return isGc ? 1 + second : 3 * second;
    }),
  );
  return { sequences, labels };
}

describe.each(BACKENDS)("classificationLoss on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("is the same step however the batch is split, weights of classes included", async () => {
    const { sequences, labels } = compositions(6, 1);
    const rows = (from: number, to: number) => {
      const places = Array.from({ length: to - from }, (_, i) => from + i);
      const ids = sequences.slice(from, to);
      return labelledRows({ ...rowsOnStrand(places, false), ids }, labels.slice(from, to), TARGETS);
    };
    const splits = [[rows(0, 6)], [rows(0, 1), rows(1, 4), rows(4, 6)]];
    const results = [];
    for (const microBatches of splits) {
      const state = initialState(initClassifier(CONFIG, 3));
      const summed = classificationLoss(
        ({ ids }) =>
          (params) =>
            classifier(params, CONFIG, paddedRows(ids)),
      );
      const [next, report] = await updateStep(
        state,
        microBatches,
        summed,
        LEARNING_RATE,
        OPTIMISER,
        singleProcess(),
      );
      results.push({ ...report, weight: next.params["classify.weight"]?.dataSync().slice() ?? [] });
      disposeState(next);
    }
    const [whole, parts] = results as [(typeof results)[0], (typeof results)[0]];
    expect(whole.lossNats).toBeCloseTo(Math.log(2), 5); // every class is as likely at first
    expect(parts.lossNats).toBeCloseTo(whole.lossNats, 5);
    expect(parts.gradientNorm).toBeCloseTo(whole.gradientNorm, 5);
    expect(maxDifference(parts.weight, whole.weight)).toBeLessThan(1e-4);
  });

  it.each([{ part: "all" }, { part: "last", blocks: 1 }] as const)(
    "learns what tells the classes apart with $part tuned, and leaves no tensor",
    async (tuned: Tuned) => {
      const before = tf.memory().numTensors;
      const all = initClassifier(CONFIG, 3);
      const names = tunedNames(CONFIG, tuned);
      const frozen = paramsFromArrays(all);
      let state = initialState(
        Object.fromEntries(names.map((name) => [name, all[name] as (typeof all)[string]])),
      );
      const everyRow = rowsOnStrand([...new Array(16).keys()], false);
      const summed = classificationLoss(({ ids }) =>
        tunedClassifier(frozen, CONFIG, tuned, paddedRows(ids)),
      );
      for (let step = 0; step < 60; step++) {
        const { sequences, labels } = compositions(16, 100 + step);
        const batch = [labelledRows({ ...everyRow, ids: sequences }, labels, TARGETS)];
        [state] = await updateStep(state, batch, summed, LEARNING_RATE, OPTIMISER, singleProcess());
      }
      const { sequences, labels } = compositions(100, 7);
      const params = { ...frozen, ...state.params };
      const probabilities = await classProbabilities(
        (rows: SequenceRows) =>
          classifier(params, CONFIG, paddedRows(orientedIds(sequences, rows))),
        {
          ...{ sequences: sequences.length, classes: 2 },
          batches: [sequences.map((_, i) => i)],
          isBothStrands: false,
          turn: async () => {},
        },
      );
      const right = labels.filter(
        (label, i) => label === Number((probabilities[2 * i + 1] as number) > 0.5),
      );
      expect(right.length).toBeGreaterThan(90);
      disposeState(state);
      disposeParams(frozen);
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
