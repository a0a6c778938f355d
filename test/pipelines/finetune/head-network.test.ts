/** Kept features beside a backbone that reads every sequence anew. */

import { beforeAll, describe, expect, it, test } from "vitest";
import { headNetwork } from "../../../pipelines/finetune/head-network.ts";
import type { FinetuneNetwork } from "../../../pipelines/finetune/network.ts";
import { type FinetuneConfig, finetuneConfig } from "../../../pipelines/finetune/options.ts";
import { predictPart } from "../../../pipelines/finetune/predict-part.ts";
import { startOrSaved } from "../../../pipelines/finetune/start.ts";
import { trainingRows } from "../../../pipelines/finetune/training-rows.ts";
import {
  classifierConfig,
  transformerNetwork,
} from "../../../pipelines/finetune/transformer-network.ts";
import type { LabelledSequences } from "../../../src/data/labelled/labelled-sequence.ts";
import { makeLabelledSequences } from "../../../src/data/labelled/make-labelled-sequences.ts";
import { initClassifier } from "../../../src/model/init-classifier.ts";
import { disposeParams, paramsToArrays } from "../../../src/tensor/params.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { singleProcess } from "../../../src/train/cluster.ts";
import { disposeState } from "../../../src/train/train-state.ts";
import { updateStep } from "../../../src/train/update-step.ts";
import { BACKENDS, maxDifference, useBackend } from "../../support/backend.ts";
import { plantedRows } from "../support/planted-set.ts";

const EPOCHS = 3;
const OPTIMISER = {
  ...{ beta1: 0.9, beta2: 0.99, weightDecay: 0.1, isDecayed: () => true, clip: 1, emaDecay: 0 },
};

type Part = Parameters<typeof finetuneConfig>[0]["model"];

const configOf = (model: Part, epochs = EPOCHS): Promise<FinetuneConfig> =>
  finetuneConfig({
    ...{ fromScratch: "nano", data: { train: "a.csv" }, seed: 3 },
    model: { width: 16, layers: 2, heads: 2, tune: "head", ...model },
    train: { epochs, batchSize: 7, tokens: 200 },
  });

/** Planted sequences, cut to `length` bases where it is given. */
function setOf(count: number, seed: number, length?: number): LabelledSequences {
  const rows = plantedRows(count, seed).map(({ sequence, ...row }) => ({
    ...row,
    bases: sequence.slice(0, length),
  }));
  return makeLabelledSequences(rows, { name: "planted", placeOf: (row) => `row ${row}` });
}

const idsOf = ({ sequences }: LabelledSequences): readonly Uint8Array[] =>
  sequences.map(({ ids }) => ids);

interface Outcome {
  readonly weights: Readonly<Record<string, ArrayLike<number>>>;
  readonly losses: readonly number[];
  readonly probabilities: Float64Array;
}

/** Trains to the end, and predicts valid under the last weights. */
async function outcomeOf(
  network: FinetuneNetwork,
  train: LabelledSequences,
  valid: LabelledSequences,
  config: FinetuneConfig,
): Promise<Outcome> {
  const { strand } = config.model;
  const rows = trainingRows(train, {
    ...{ batchSize: config.train.batchSize, tokens: config.train.tokens, seed: config.seed },
    ...{ classes: 2, labelSmoothing: 0.1, classWeights: [1, 2] },
    ...{ isEitherStrand: strand !== "forward", maskShare: 0 },
  });
  const passes = await network.passes(async () => {});
  let { state } = await startOrSaved(undefined, network);
  const losses: number[] = [];
  for (let step = 0; step < EPOCHS * rows.stepsPerEpoch; step++) {
    const micro = rows.rowsOf(step);
    const cluster = singleProcess();
    const [next, report] = await updateStep(state, micro, passes.loss, 0.05, OPTIMISER, cluster);
    state = next;
    losses.push(report.lossNats);
  }
  const params = { ...network.start, ...state.params };
  const predictions = await predictPart((rows) => passes.validLogits(params, rows), valid, {
    ...{ tokens: config.train.tokens, isBothStrands: strand === "average", turn: async () => {} },
  });
  const arrays = await paramsToArrays(state.params);
  const weights = Object.fromEntries(
    Object.entries(arrays).map(([name, { data }]) => [name, data as Float32Array]),
  );
  disposeState(state);
  return { weights, losses, probabilities: predictions.probabilities };
}

function networkOf(
  config: FinetuneConfig,
  { valid }: { readonly valid: readonly Uint8Array[] },
): FinetuneNetwork {
  const weights = initClassifier(classifierConfig(config.model, 2), 5);
  return transformerNetwork(config.model, 2, weights, valid);
}

const CASES = [
  { head: "linear", strand: "forward" },
  { head: "linear", strand: "augment" },
  { head: "mlp", strand: "average" },
] as const;

describe.each(BACKENDS)("a head on kept features on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  /** The outcome with features computed anew, and with kept ones. */
  async function both(
    model: (typeof CASES)[number],
    length?: number,
  ): Promise<readonly [Outcome, Outcome]> {
    const before = tf.memory().numTensors;
    const config = await configOf(model);
    const [train, valid] = [setOf(23, 1, length), setOf(9, 2, length)];
    const ids = { train: idsOf(train), valid: idsOf(valid) };
    const anew = networkOf(config, ids);
    const { network, notices } = headNetwork(anew, ids, config);
    expect(notices).toHaveLength(1);
    const outcomes = [
      await outcomeOf(anew, train, valid, config),
      await outcomeOf(network, train, valid, config),
    ] as const;
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
    return outcomes;
  }

  it.each(CASES)(
    "has the same bits where sequences have one length: $head, $strand",
    async (model) => {
      const [anew, kept] = await both(model, 20);
      expect(anew.losses.at(-1)).toBeLessThan(anew.losses[0] as number);
      expect(kept).toEqual(anew);
    },
  );

  it.each(CASES)("is the same to rounding where they are padded: $head, $strand", async (model) => {
    const [anew, kept] = await both(model);
    expect(maxDifference(kept.losses, anew.losses)).toBeLessThan(1e-5);
    expect(maxDifference(kept.probabilities, anew.probabilities)).toBeLessThan(1e-5);
    for (const [name, values] of Object.entries(kept.weights)) {
      expect(maxDifference(values, anew.weights[name] ?? []), name).toBeLessThan(1e-4);
    }
  });

  it("never asks the backbone again", async () => {
    const config = await configOf({ strand: "average" });
    const [train, valid] = [setOf(12, 1), setOf(6, 2)];
    const ids = { train: idsOf(train), valid: idsOf(valid) };
    const anew = networkOf(config, ids);
    const passes = await headNetwork(anew, ids, config).network.passes(async () => {});
    disposeParams(anew.start);
    const head = { "classify.weight": tf.ones([2, 16]), "classify.bias": tf.zeros([2]) };
    const lastValid = { places: [5], isReverse: [true] };
    const logits = tf.tidy(() => passes.validLogits(head, lastValid).dataSync());
    expect(logits).toHaveLength(2);
    const rows = {
      ...{ places: [0, 11], isReverse: [false, true] },
      ids: [0, 11].map((place) => ids.train[place] as Uint8Array),
      ...{ targets: Float32Array.of(1, 0, 0, 1), weights: Float32Array.of(1, 1) },
    };
    const lossOf = (of: typeof passes): number | undefined =>
      tf.tidy(() => of.loss.lossOf(rows)(head).dataSync())[0];
    expect(lossOf(passes)).toBeCloseTo(2 * Math.LN2, 5); // a head of ones says every class is as likely
    const again = await anew.passes(async () => {});
    expect(() => lossOf(again)).toThrow(); // the backbone is gone
    tf.dispose(head);
  });
});

test("what is kept is said before, with its size; the pass can be stopped", async () => {
  await useBackend("cpu");
  const config = await configOf({ strand: "average" });
  const ids = { train: idsOf(setOf(23, 1)), valid: idsOf(setOf(9, 2)) };
  const { network, notices } = headNetwork(networkOf(config, ids), ids, config);
  // 32 sequences of 16 numbers of 4 bytes on two strands
  expect(notices).toEqual([
    "--tune head: the features of all sequences are computed once and kept, 4.0 KiB",
  ]);
  const seen: (readonly [number, number])[] = [];
  const stopped = network.passes(async (done, total) => {
    seen.push([done, total]);
    if (done >= 23) throw new Error("stop");
  });
  await expect(stopped).rejects.toThrow("stop");
  expect(seen[0]).toEqual([0, 32]);
  expect(seen.at(-1)).toEqual([23, 32]);
  network.dispose();
});

test("nothing is kept where it saves nothing, or would take too much", async () => {
  await useBackend("cpu");
  const ids = { train: idsOf(setOf(5, 1)), valid: [] };
  const small = await configOf({ strand: "augment" }, 2);
  const network = networkOf(small, ids);
  expect(headNetwork(network, ids, small)).toEqual({ network, notices: [] });
  const base = await configOf({ strand: "forward" });
  for (const maskShare of [0.1, "uniform"] as const) {
    const masked = { ...base, train: { ...base.train, maskShare } };
    expect(headNetwork(network, ids, masked)).toEqual({ network, notices: [] });
  }
  const wide = await configOf({ width: 256, strand: "augment" });
  const many = { train: new Array<Uint8Array>(2 ** 22), valid: [] };
  expect(headNetwork(network, many, wide)).toEqual({
    network,
    notices: [
      "--tune head: the features of all sequences would take 8.0 GiB, more than 4.0 GiB: computed anew in every epoch",
    ],
  });
  network.dispose();
});
