import { beforeAll, describe, expect, it } from "vitest";
import { denoiser } from "../../src/model/denoiser.ts";
import { expectDenoiserConfig } from "../../src/model/denoiser-config.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { maskedCrossEntropy } from "../../src/ops/masked-cross-entropy.ts";
import { disposeParams, type ParamTree, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { MASK_ID, N_ID, VOCAB_SIZE } from "../../src/tokens/alphabet.ts";
import { BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const CONFIG = { width: 16, layers: 2, heads: 2 };

/** Fresh parameters with a head that is not 0, so that its logits tell positions apart. */
function speakingParams(): ParamTree {
  const { "head.weight": silent, ...rest } = paramsFromArrays(initDenoiser(CONFIG, 5));
  silent?.dispose();
  return { ...rest, "head.weight": filled([4, CONFIG.width]) };
}

function logitsOf(
  params: ParamTree,
  rows: readonly Uint8Array[],
  lengths?: readonly number[],
): Float32Array {
  const length = rows[0]?.length ?? 0;
  return tf.tidy(() => {
    const ids = Int32Array.from(rows.flatMap((row) => [...row]));
    const input = tf.tensor2d(ids, [rows.length, length], "int32");
    return denoiser(
      params,
      CONFIG,
      input,
      lengths === undefined ? {} : { lengths },
    ).dataSync() as Float32Array;
  });
}

describe.each(BACKENDS)("the denoiser on %s", (backend) => {
  let params: ParamTree;
  beforeAll(async () => {
    await useBackend(backend);
    params = speakingParams();
    return () => disposeParams(params);
  });

  it("says the same of a row whatever stands in its padding, and as if there were none", () => {
    const length = 11;
    const lengths = [11, 1, 7, 10];
    const rows = lengths.map((count, row) =>
      randomIds(count, row + 1).map((id, i) => (i % 2 === 0 ? MASK_ID : id)),
    );
    const padded = (fill: (i: number) => number): Uint8Array[] =>
      rows.map((row) => Uint8Array.from({ length }, (_, i) => row[i] ?? fill(i)));
    const zeros = logitsOf(
      params,
      padded(() => 0),
      lengths,
    );
    const others = logitsOf(
      params,
      padded((i) => (i * 5 + 3) % VOCAB_SIZE),
      lengths,
    );
    for (const [row, count] of lengths.entries()) {
      const inside = (logits: Float32Array): Float32Array =>
        logits.subarray(row * length * 4, (row * length + count) * 4);
      expect(inside(others)).toEqual(inside(zeros));
      const alone = logitsOf(params, [rows[row] as Uint8Array]);
      expect(maxDifference(inside(zeros), alone), `row of ${count}`).toBeLessThan(1e-5);
    }
  });

  it("sees every position from every other: a changed end changes the logits of the start", () => {
    const row = randomIds(9, 3);
    const before = logitsOf(params, [row]);
    const after = logitsOf(params, [row.with(8, N_ID)]);
    expect(maxDifference(before.subarray(0, 4), after.subarray(0, 4))).toBeGreaterThan(1e-4);
  });

  it("tells positions of equal context apart only by their places", () => {
    const logits = logitsOf(params, [new Uint8Array(6).fill(MASK_ID)]);
    // With equal ids everywhere attention mixes equal values: rotation alone has nothing to tell.
    for (let i = 1; i < 6; i++)
      expect(maxDifference(logits.subarray(0, 4), logits.subarray(4 * i, 4 * i + 4))).toBeLessThan(
        1e-5,
      );
    const mixed = logitsOf(params, [Uint8Array.of(MASK_ID, 0, 1, 2, 3, MASK_ID)]);
    expect(maxDifference(mixed.subarray(0, 4), mixed.subarray(20, 24))).toBeGreaterThan(1e-4);
  });

  it("begins with the uniform prediction: every base costs ln 4 nats, 2 bits", async () => {
    const fresh = paramsFromArrays(initDenoiser(CONFIG, 9));
    const row = randomIds(32, 2);
    const logits = logitsOf(fresh, [row.map(() => MASK_ID)]);
    expect(logits.every((logit) => logit === 0)).toBe(true);
    const nats = tf.tidy(() =>
      maskedCrossEntropy(
        tf.tensor2d(logits, [32, 4]),
        tf.tensor1d(Int32Array.from(row), "int32"),
        tf.fill([32], 1 / 32) as tf.Tensor1D,
      ).dataSync(),
    );
    expect(nats[0]).toBeCloseTo(Math.log(4), 5);
    disposeParams(fresh);
  });

  it("as a function of plain ids leaves no tensor behind", async () => {
    const { numTensors } = tf.memory();
    const ids = randomIds(20, 4);
    const logits = await networkDenoise(params, CONFIG)(ids, { batch: 2, length: 10 });
    expect(logits).toEqual(logitsOf(params, [ids.subarray(0, 10), ids.subarray(10)]));
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe("expectDenoiserConfig", () => {
  it("takes an even head width and refuses an odd or broken one", () => {
    expectDenoiserConfig({ width: 24, layers: 1, heads: 3 });
    for (const width of [20, 21]) {
      expect(() => expectDenoiserConfig({ width, layers: 1, heads: 4 })).toThrow(
        "expected model.width to be a multiple of 2 · model.heads (rotary needs an even head width), " +
          `got width ${width} and 4 heads`,
      );
    }
  });
});
