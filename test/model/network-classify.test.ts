/** What guidance asks of a classifier, held against float64 loops and their central differences. */

import { beforeAll, describe, expect, it } from "vitest";
import type { ClassifierConfig } from "../../src/model/classifier-config.ts";
import { initClassifier } from "../../src/model/init-classifier.ts";
import { networkClassGradient } from "../../src/model/network-class-gradient.ts";
import { type ClassifyingNetwork, networkClassify } from "../../src/model/network-classify.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { MASK_ID, VOCAB_SIZE } from "../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { centralDifferences } from "../naive/central-differences.ts";
import { naivePooled } from "../naive/classifier.ts";
import type { NaiveParams } from "../naive/denoiser.ts";
import { naiveGelu } from "../naive/gelu.ts";
import { naiveLinear } from "../naive/linear.ts";
import { BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const BACKBONE = { width: 16, layers: 2, heads: 2 };
const CLASSES = 3;
const LENGTH = 7;
const BATCH = 3;
const STRANDS = [
  ["one strand", false],
  ["both strands", true],
] as const;

/** A classifier whose head is not 0, its values, and rows with masked bases. */
function network(
  isBothStrands: boolean,
  backbone: ClassifierConfig["backbone"] = BACKBONE,
  head: ClassifierConfig["head"] = "linear",
): { network: ClassifyingNetwork; values: NaiveParams } {
  const config = { backbone, head, classes: CLASSES };
  const { "classify.weight": silent, ...rest } = paramsFromArrays(initClassifier(config, 5));
  silent?.dispose();
  const params = { ...rest, "classify.weight": filled([CLASSES, backbone.width]) };
  const values = Object.fromEntries(
    Object.entries(params).map(([name, tensor]) => [name, tensor.dataSync()]),
  );
  return { network: { params, config, isBothStrands }, values };
}

function maskedRows(batch: number, length: number): Uint8Array {
  return randomIds(batch * length, 4).map((id, i) =>
    (3 * i + Math.floor(i / length)) % 5 < 2 ? MASK_ID : id,
  );
}

const ROWS = maskedRows(BATCH, LENGTH);
const SHAPE = { batch: BATCH, length: LENGTH };
const rowOf = (row: number): Uint8Array => ROWS.subarray(row * LENGTH, (row + 1) * LENGTH);

function logSoftmax(logits: ArrayLike<number>): number[] {
  const sum = Array.from(logits).reduce((total, logit) => total + Math.exp(logit), 0);
  return Array.from(logits, (logit) => logit - Math.log(sum));
}

function mean(all: readonly Float64Array[]): number[] {
  return Array.from(all[0] as Float64Array, (_, i) =>
    all.reduce((sum, one) => sum + (one[i] as number) / all.length, 0),
  );
}

/** Logits [classes] in float64, of a linear head or an MLP. */
function logitsOf(values: NaiveParams, ids: Uint8Array): Float64Array {
  const get = (name: string) => values[name] as ArrayLike<number>;
  const pooled = naivePooled(values, ids, BACKBONE);
  const hidden = values["classify.hidden.weight"];
  const features =
    hidden === undefined
      ? pooled
      : naiveGelu(naiveLinear(pooled, hidden, get("classify.hidden.bias"), BACKBONE.width));
  return naiveLinear(features, get("classify.weight"), get("classify.bias"), BACKBONE.width);
}

/** The naive classifier of a relaxed one-hot input [length, vocab]: each position has a row of its own in the embedding. */
function relaxedLogits(values: NaiveParams, oneHot: ArrayLike<number>): Float64Array {
  const table = values["embed.weight"] as ArrayLike<number>;
  const { width } = BACKBONE;
  const rows = Float64Array.from({ length: LENGTH * width }, (_, at) => {
    const [place, i] = [Math.floor(at / width), at % width];
    let sum = 0;
    for (let id = 0; id < VOCAB_SIZE; id++)
      sum += (oneHot[place * VOCAB_SIZE + id] as number) * (table[id * width + i] as number);
    return sum;
  });
  const places = Uint8Array.from({ length: LENGTH }, (_, place) => place);
  return logitsOf({ ...values, "embed.weight": rows }, places);
}

/** The relaxed one-hot ids of the other strand. */
function reverseOneHot(oneHot: ArrayLike<number>): Float64Array {
  const partner = [3, 2, 1, 0, 4, 5];
  return Float64Array.from({ length: LENGTH * VOCAB_SIZE }, (_, at) => {
    const [place, id] = [Math.floor(at / VOCAB_SIZE), at % VOCAB_SIZE];
    return oneHot[(LENGTH - 1 - place) * VOCAB_SIZE + (partner[id] as number)] as number;
  });
}

describe.each(BACKENDS)("a classifier as functions, on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(STRANDS)("says what float64 loops say: %s", async (_, isBoth) => {
    const { network: made, values } = network(isBoth);
    const before = tf.memory().numTensors;
    const logProbs = await networkClassify(made)(ROWS, SHAPE);
    expect(tf.memory().numTensors).toBe(before);
    for (let row = 0; row < BATCH; row++) {
      const strands = [rowOf(row), ...(isBoth ? [reverseComplementIds(rowOf(row))] : [])];
      const expected = logSoftmax(mean(strands.map((ids) => logitsOf(values, ids))));
      const own = logProbs.subarray(row * CLASSES, (row + 1) * CLASSES);
      expect(maxDifference(own, expected)).toBeLessThan(1e-5);
    }
    disposeParams(made.params);
  });

  it.each([
    ["one strand", false, "linear"],
    ["both strands", true, "linear"],
    ["both strands", true, "mlp"],
  ] as const)(
    "has the gradient of float64 loops by relaxed ids: %s, both: %s, head %s",
    async (_, isBoth, head) => {
      const { network: made, values } = network(isBoth, BACKBONE, head);
      const before = tf.memory().numTensors;
      const label = 2;
      const gradient = await networkClassGradient(made)(ROWS, SHAPE, label);
      expect(tf.memory().numTensors).toBe(before);
      for (let row = 0; row < BATCH; row++) {
        const oneHot = Float64Array.from({ length: LENGTH * VOCAB_SIZE }, (__, at) =>
          rowOf(row)[Math.floor(at / VOCAB_SIZE)] === at % VOCAB_SIZE ? 1 : 0,
        );
        const expected = centralDifferences((x) => {
          const strands = [x, ...(isBoth ? [reverseOneHot(x)] : [])];
          const logits = mean(strands.map((strand) => relaxedLogits(values, strand)));
          return logSoftmax(logits)[label] as number;
        }, oneHot);
        const size = LENGTH * VOCAB_SIZE;
        const own = gradient.subarray(row * size, (row + 1) * size);
        const scale = Math.max(...expected.map(Math.abs));
        expect(scale).toBeGreaterThan(1e-3);
        expect(maxDifference(own, expected) / scale).toBeLessThan(1e-4);
      }
      disposeParams(made.params);
    },
  );
});

describe.each(BACKENDS.filter((name) => name !== "cpu"))("rows of a batch on %s", (backend) => {
  it.each(STRANDS)("are the same bits in any batch, gradients too: %s", async (_, isBoth) => {
    await useBackend(backend);
    const [batch, length] = [9, 13];
    const { network: made } = network(isBoth, { width: 12, layers: 2, heads: 2 });
    const ids = maskedRows(batch, length);
    const whole = { batch, length };
    const logProbs = await networkClassify(made)(ids, whole);
    const gradient = await networkClassGradient(made)(ids, whole, 1);
    for (const size of [1, 2, 4]) {
      for (let row = 0; row < batch; row += size) {
        const end = Math.min(batch, row + size);
        const part = ids.subarray(row * length, end * length);
        const shape = { batch: end - row, length };
        expect(await networkClassify(made)(part, shape)).toEqual(
          logProbs.subarray(row * CLASSES, end * CLASSES),
        );
        expect(await networkClassGradient(made)(part, shape, 1)).toEqual(
          gradient.subarray(row * length * VOCAB_SIZE, end * length * VOCAB_SIZE),
        );
      }
    }
    disposeParams(made.params);
  });
});

describe.runIf(BACKENDS.includes("native"))("more rows than a pass has memory for", () => {
  it("are those of passes of their own", async () => {
    await useBackend("native");
    const [batch, length] = [11, 1500]; // 9 rows forwards, 4 of them with gradients
    const { network: made } = network(false, { width: 8, layers: 2, heads: 4 });
    const ids = maskedRows(batch, length);
    const logProbs = await networkClassify(made)(ids, { batch, length });
    const gradient = await networkClassGradient(made)(ids, { batch, length }, 0);
    const last = ids.subarray((batch - 1) * length);
    const alone = { batch: 1, length };
    expect(await networkClassify(made)(last, alone)).toEqual(logProbs.subarray(-CLASSES));
    expect(await networkClassGradient(made)(last, alone, 0)).toEqual(
      gradient.subarray(-length * VOCAB_SIZE),
    );
    disposeParams(made.params);
  });
});
