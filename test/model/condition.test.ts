/** The network that is told classes and noise: beside PyTorch, and beside the network that is told nothing. */

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { addCondition } from "../../src/model/add-condition.ts";
import { CONDITION_WIDTH, type Told } from "../../src/model/condition.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import type { DenoiserConfig } from "../../src/model/denoiser-config.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { parameterCount, paramShapes } from "../../src/model/param-shapes.ts";
import { maskedCrossEntropy } from "../../src/ops/masked-cross-entropy.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { disposeParams, paramsFromArrays, paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { BACKENDS, maxDifference, useBackend } from "../support/backend.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";
import { randomIds } from "../support/random-ids.ts";

const UNTOLD = { width: 16, layers: 2, heads: 2 };
const TOLD = { ...UNTOLD, classes: ["enhancer", "promoter", "silencer"] };
const NONE = TOLD.classes.length;
const LENGTH = 9;

/** Weights none of which is 0, so that everything tells. */
function spoken(arrays: NamedArrays): NamedArrays {
  const random = addressedRandom(8, "parameters");
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }], order) => {
      const shaken = data.map((value, i) => value + 0.4 * (random.uniform(order, 1, i) - 0.5));
      return [name, { shape, data: shaken }];
    }),
  );
}

const rows = [3, 1, 2, 4].map((seed) => {
  const clean = randomIds(LENGTH, seed);
  return { clean, noisy: clean.map((id, i) => (i % 2 === seed % 2 ? MASK_ID : id)) };
});
const labels = [0, 2, NONE, 1];
const levels = Float32Array.of(0, 0.02, 0.7, 6.9);
const ids = Uint8Array.from(rows.flatMap(({ noisy }) => [...noisy]));
const targets = rows.map(({ clean }) => [...clean].map((id) => Math.min(id, 3)));
const shape = { batch: rows.length, length: LENGTH };

const logitsOf = async (
  weights: NamedArrays,
  config: DenoiserConfig,
  told: Told = {},
): Promise<Float32Array> => {
  const params = paramsFromArrays(weights);
  try {
    return await networkDenoise(params, config)(ids, { ...shape, ...told });
  } finally {
    disposeParams(params);
  }
};

it("counts its parameters as its matrices say", () => {
  const { width, layers } = UNTOLD;
  const own = (NONE + 1) * CONDITION_WIDTH + (6 * layers + 2) * width * (CONDITION_WIDTH + 1);
  expect(parameterCount(TOLD) - parameterCount(UNTOLD)).toBe(own);
});

describe.each(BACKENDS)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("says something else of every class, of a row by its own class alone, and of none as of no class", async () => {
    const weights = spoken(initDenoiser(TOLD, 5));
    const whole = await logitsOf(weights, TOLD, { labels });
    for (const [row, label] of labels.entries()) {
      const own = whole.subarray(row * LENGTH * 4, (row + 1) * LENGTH * 4);
      for (const other of [0, 1, 2, NONE]) {
        const all = await logitsOf(weights, TOLD, { labels: rows.map(() => other) });
        const same = all.subarray(row * LENGTH * 4, (row + 1) * LENGTH * 4);
        if (other === label) expect(same).toEqual(own);
        else expect(maxDifference(same, own)).toBeGreaterThan(1e-3);
      }
    }
    expect(await logitsOf(weights, TOLD)).toEqual(
      await logitsOf(weights, TOLD, { labels: rows.map(() => NONE) }),
    );
  });

  it("says something else of a noisier row, and of a row without a level what it says of a clean one", async () => {
    const config = { ...UNTOLD, isToldNoise: true };
    const weights = spoken(initDenoiser(config, 5));
    const whole = await logitsOf(weights, config, { levels });
    const clean = await logitsOf(weights, config);
    for (const row of rows.keys()) {
      const [first, end] = [row * LENGTH * 4, (row + 1) * LENGTH * 4];
      const change = maxDifference(whole.subarray(first, end), clean.subarray(first, end));
      if (levels[row] === 0) expect(change).toBe(0);
      else expect(change).toBeGreaterThan(1e-4);
    }
  });

  it("begins as blocks that add nothing, every base as likely as the others", async () => {
    const fresh = await logitsOf(initDenoiser(TOLD, 5), TOLD, { labels });
    expect([...fresh].every((logit) => logit === 0)).toBe(true);
  });

  it("made of a network that is told nothing, says of every class what that one says", async () => {
    const untold = spoken(initDenoiser(UNTOLD, 6));
    const told = addCondition(untold, TOLD, 7);
    expect(Object.keys(told)).toEqual(Object.keys(paramShapes(TOLD)));
    const before = await logitsOf(untold, UNTOLD);
    expect(maxDifference(await logitsOf(told, TOLD, { labels }), before)).toBeLessThan(1e-5);
    expect(() => addCondition({}, TOLD, 7)).toThrow(
      "expected the weights of embed.weight, got none",
    );
  });
});

describe.each(BACKENDS)("made to be told more, on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  const BOTH = { ...TOLD, isToldNoise: true };
  it.each([
    ["nothing", UNTOLD],
    ["classes", TOLD],
    ["noise", { ...UNTOLD, isToldNoise: true }],
  ] as const)("a network that was told %s says what it said", async (_, config) => {
    const weights = spoken(initDenoiser(config, 6));
    const told = addCondition(weights, BOTH, 7);
    expect(Object.keys(told)).toEqual(Object.keys(paramShapes(BOTH)));
    // What it is not told yet may be anything; where it was told noise, the noise must stay.
    const before = await logitsOf(weights, config, { labels, levels });
    const after = await logitsOf(told, BOTH, { labels, levels });
    expect(maxDifference(after, before)).toBeLessThan(1e-5);
  });
});

describe.runIf(hasPythonModule("torch")).each([
  ["classes", TOLD],
  ["noise", { ...UNTOLD, isToldNoise: true }],
  ["classes and noise", { ...TOLD, isToldNoise: true }],
] as const)("told %s, beside PyTorch", (_, config) => {
  const weights = spoken(initDenoiser(config, 5));
  let reference: { logits: number[]; loss: number; gradients: Record<string, number[]> };

  beforeAll(() => {
    const input = join(mkdtempSync(join(tmpdir(), "gdiff-condition-")), "input.json");
    const plain = Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      { shape, data: [...data] },
    ]);
    const given = {
      ...{ weights: Object.fromEntries(plain), labels, levels: [...levels], targets },
      ...{ layers: 2, heads: 2, ids: rows.map(({ noisy }) => [...noisy]) },
    };
    writeFileSync(input, JSON.stringify(given));
    const program = readFileSync(join(import.meta.dirname, "condition_reference.py"), "utf8");
    reference = JSON.parse(runPython(program, [input])) as typeof reference;
  });

  it.each(BACKENDS)("has its logits and gradients on %s", async (backend) => {
    await useBackend(backend);
    expect(
      maxDifference(await logitsOf(weights, config, { labels, levels }), reference.logits),
    ).toBeLessThan(1e-5);

    const params = paramsFromArrays(weights);
    const { loss, grads } = lossAndGrads(params, (values) =>
      tf.tidy(() => {
        const input = tf.tensor2d(Int32Array.from(ids), [rows.length, LENGTH], "int32");
        const logits = denoiser(values, config, input, { labels, levels });
        const flat = tf.reshape(logits, [-1, 4]) as tf.Tensor2D;
        const wanted = tf.tensor1d(Int32Array.from(targets.flat()), "int32");
        return maskedCrossEntropy(flat, wanted, tf.onesLike(wanted).toFloat() as tf.Tensor1D);
      }),
    );
    expect((await loss.data())[0]).toBeCloseTo(reference.loss, 3);
    const arrays = await paramsToArrays(grads);
    expect(Object.keys(arrays).sort()).toEqual(Object.keys(reference.gradients).sort());
    for (const [name, { data }] of Object.entries(arrays)) {
      const expected = reference.gradients[name] as number[];
      const scale = Math.max(...expected.map(Math.abs), 1e-3);
      expect(maxDifference(data, expected) / scale, name).toBeLessThan(1e-4);
    }
    disposeParams(grads);
    disposeParams(params);
    loss.dispose();
  });
});
