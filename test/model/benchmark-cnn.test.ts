import { beforeAll, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../src/backends/native/backend.ts";
import { cnnLogits, cnnTrainingLogits } from "../../src/model/benchmark-cnn.ts";
import {
  CNN_PADDING_ID,
  CNN_VOCAB_SIZE,
  type CnnConfig,
  cnnBufferShapes,
  cnnParamShapes,
} from "../../src/model/benchmark-cnn-shapes.ts";
import { initCnn } from "../../src/model/init-benchmark-cnn.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { maskedCrossEntropy } from "../../src/ops/masked-cross-entropy.ts";
import { type LossAndAux, lossGradsAndAux } from "../../src/tensor/backward.ts";
import { disposeParams, type ParamTree, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { treeNorm, update } from "../../src/train/optimiser.ts";
import { disposeState, initialState, type TrainState } from "../../src/train/train-state.ts";
import { BACKENDS, maxDifference, useBackend } from "../support/backend.ts";
import { expectCleanEngine } from "../support/expect-clean-engine.ts";
import { randomIds, xorshift32 } from "../support/random-ids.ts";

const CONFIG: CnnConfig = { vocab: CNN_VOCAB_SIZE, length: 64, classes: 2, relu: "each" };
/** Adam as the original uses it. */
const ADAM = {
  beta1: 0.9,
  beta2: 0.999,
  weightDecay: 0,
  clip: Number.POSITIVE_INFINITY,
  emaDecay: 0.9,
  isDecayed,
};
const LEARNING_RATE = 1e-3;

interface Batch {
  readonly ids: Int32Array;
  /** One a sequence. */
  readonly labels: Int32Array;
}

/** Random sequences of 50 … 64 bases, padded; those of class 1 carry TATAAAAG somewhere. */
function plantedMotifs(count: number, seed: number): Batch {
  const next = xorshift32(seed);
  const ids = new Int32Array(count * CONFIG.length).fill(CNN_PADDING_ID);
  const labels = Int32Array.from({ length: count }, () => Math.floor(2 * next()));
  for (const [row, label] of labels.entries()) {
    const bases = randomIds(50 + Math.floor(15 * next()), 1 + Math.floor(2 ** 31 * next()));
    if (label === 1) bases.set([3, 0, 3, 0, 0, 0, 0, 2], Math.floor((bases.length - 7) * next()));
    ids.set(bases, row * CONFIG.length);
  }
  return { ids, labels };
}

const tensorOf = ({ ids }: Batch): tf.Tensor2D =>
  tf.tensor2d(ids, [ids.length / CONFIG.length, CONFIG.length], "int32");

/** The mean cross-entropy of a batch and the running statistics after it. */
function lossOf(params: ParamTree, buffers: ParamTree, batch: Batch): LossAndAux {
  const { logits, buffers: aux } = cnnTrainingLogits(params, buffers, CONFIG, tensorOf(batch));
  const { length } = batch.labels;
  const weight = tf.fill([length], 1 / length) as tf.Tensor1D;
  return { loss: maskedCrossEntropy(logits, tf.tensor1d(batch.labels, "int32"), weight), aux };
}

interface Training {
  readonly state: TrainState;
  readonly buffers: ParamTree;
}

async function trainOn({ state, buffers }: Training, batch: Batch): Promise<Training> {
  const { loss, grads, aux } = lossGradsAndAux(state.params, (params) =>
    lossOf(params, buffers, batch),
  );
  loss.dispose();
  disposeParams(buffers);
  const gradient = { grads, divisor: 1, norm: await treeNorm(grads) };
  const updated = await update(state, gradient, LEARNING_RATE, ADAM);
  disposeParams(grads);
  return { state: updated.state, buffers: aux };
}

async function accuracy({ state, buffers }: Training, batch: Batch): Promise<number> {
  const best = tf.tidy(() =>
    tf.argMax(cnnLogits(state.params, buffers, CONFIG, tensorOf(batch)), 1),
  );
  const right = (await best.data()).filter((label, i) => label === batch.labels[i]).length;
  best.dispose();
  return right / batch.labels.length;
}

function start(seed: number): Training {
  const { params, buffers } = initCnn(CONFIG, seed);
  return { state: initialState(params), buffers: paramsFromArrays(buffers) };
}

describe("the sizes of the benchmark's CNN", () => {
  const count = (config: Omit<CnnConfig, "relu">): number =>
    Object.values(cnnParamShapes({ ...config, relu: "each" })).reduce(
      (sum, shape) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    );

  it("are those of the published network with its 12 rows, and 5 rows of 100 less with ours", () => {
    expect(count({ vocab: 12, length: 200, classes: 2 })).toBe(53_766);
    expect(count({ vocab: 12, length: 1024, classes: 2 })).toBe(264_710);
    expect(CNN_VOCAB_SIZE).toBe(7);
    expect(count({ vocab: CNN_VOCAB_SIZE, length: 200, classes: 2 })).toBe(53_266);
  });

  it("need 57 positions", () => {
    expect(cnnParamShapes({ ...CONFIG, length: 57 })["hidden.weight"]).toEqual([512, 4]);
    expect(() => cnnParamShapes({ ...CONFIG, length: 56 })).toThrow(
      "expected the benchmark's CNN to take sequences of at least 57 positions (three convolutions of 8 and pools of 2), got 56: pad them to that length",
    );
  });
});

describe("initCnn", () => {
  const { params, buffers } = initCnn({ ...CONFIG, vocab: 500 }, 3);
  const data = (name: string): Float32Array => params[name]?.data as Float32Array;
  const mean = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  it("gives every parameter and statistic its shape", () => {
    const shapes = Object.entries(params).map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual(cnnParamShapes({ ...CONFIG, vocab: 500 }));
    for (const [name, { shape, data }] of Object.entries(buffers)) {
      expect(shape).toEqual(cnnBufferShapes()[name]);
      expect(new Set(data)).toEqual(new Set([name.endsWith("variance") ? 1 : 0]));
    }
    expect(Object.keys(buffers)).toEqual(Object.keys(cnnBufferShapes()));
  });

  it("draws the embedding from N(0, 1): mean, variance and share within one deviation", () => {
    const values = data("embed.weight");
    const error = 1 / Math.sqrt(values.length);
    expect(Math.abs(mean(values))).toBeLessThan(4 * error);
    expect(Math.abs(mean(values.map((v) => v * v)) - 1)).toBeLessThan(4 * Math.SQRT2 * error);
    const within = values.filter((v) => Math.abs(v) < 1).length / values.length;
    expect(Math.abs(within - 0.682689)).toBeLessThan(4 * 0.4654 * error);
  });

  it("draws weights and biases within one by the root of the fan-in, and all over it", () => {
    for (const [name, fanIn] of [
      ["conv1", 800],
      ["conv2", 128],
      ["conv3", 64],
      ["hidden", 4],
      ["head", 512],
    ] as const) {
      const bound = 1 / Math.sqrt(fanIn);
      const weights = data(`${name}.weight`);
      for (const value of [...weights, ...data(`${name}.bias`)])
        expect(Math.abs(value)).toBeLessThanOrEqual(bound);
      expect(Math.max(...weights), name).toBeGreaterThan(0.97 * bound);
      expect(Math.min(...weights), name).toBeLessThan(-0.97 * bound);
    }
    for (const layer of [1, 2, 3]) {
      expect(new Set(data(`norm${layer}.weight`))).toEqual(new Set([1]));
      expect(new Set(data(`norm${layer}.bias`))).toEqual(new Set([0]));
    }
  });

  it("is the same for a seed and another for another", () => {
    expect(initCnn(CONFIG, 3)).toEqual(initCnn(CONFIG, 3));
    expect(initCnn(CONFIG, 4).params["conv2.weight"]).not.toEqual(params["conv2.weight"]);
  });
});

describe.each(BACKENDS)("the benchmark's CNN on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("makes a step without a leak, and none of its kernels falls to JavaScript", async () => {
    const before = tf.memory().numTensors;
    let training = start(1);
    const batch = plantedMotifs(8, 5);
    const { numTensors } = tf.memory();
    if (backend === "native") (tf.backend() as NativeBackend).resetCounters();
    training = await trainOn(training, batch);
    await accuracy(training, batch);
    expect(tf.memory().numTensors).toBe(numTensors);
    if (backend === "native")
      expect([...(tf.backend() as NativeBackend).counters.fallbacks]).toEqual([]);
    disposeState(training.state);
    disposeParams(training.buffers);
    expect(tf.memory().numTensors).toBe(before);
    expectCleanEngine();
  });

  it("classifies a sequence alone as in its batch", async () => {
    const { state, buffers } = start(2);
    const batch = plantedMotifs(5, 6);
    const logits = (ids: Int32Array) =>
      tf.tidy(() => cnnLogits(state.params, buffers, CONFIG, tensorOf({ ids, labels: ids })));
    const all = await logits(batch.ids).data();
    for (let row = 0; row < 5; row++) {
      const one = await logits(batch.ids.slice(row * 64, (row + 1) * 64)).data();
      expect(maxDifference(one, all.slice(row * 2, row * 2 + 2))).toBeLessThan(1e-6);
    }
  });

  it("refuses ids of another length", () => {
    const { state, buffers } = start(2);
    expect(() =>
      tf.tidy(() => cnnLogits(state.params, buffers, CONFIG, tf.zeros([2, 65], "int32"))),
    ).toThrow("expected ids of 64 positions, which the network was made for, got 65");
  });
});

it("learns to find a motif, wherever it stands", async () => {
  await useBackend(BACKENDS[0] as "native");
  let training = start(1);
  const held = plantedMotifs(1000, 999);
  expect(await accuracy(training, held)).toBeLessThan(0.7);
  for (let step = 0; step < 500; step++)
    training = await trainOn(training, plantedMotifs(64, 1000 + step));
  expect(await accuracy(training, held)).toBeGreaterThan(0.95);
}, 120_000);
