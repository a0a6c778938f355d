/** Guidance by a gradient beside the exact one, where both are known in closed form; and what holds for both. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import {
  type ClassLogGradient,
  type ClassLogProbabilities,
  guidedByClassifier,
  guidedByGradient,
} from "../../src/sampling/classifier-guidance.ts";
import { MASK_ID, VOCAB_SIZE } from "../../src/tokens/alphabet.ts";
import { exactDenoise, SOURCE } from "../support/markov-source.ts";

const M = MASK_ID;
const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
const ROW_LENGTH = 12;
const denoise = exactDenoise(SOURCE);

/** Score s(row) = Σ weight[position][id], whose class 1 has log-probability s and class 0 none; and its gradient. */
function linearScore(scale: number): {
  classify: ClassLogProbabilities;
  gradient: ClassLogGradient;
} {
  const weight = (position: number, id: number): number =>
    scale * Math.sin(7 * position + 3 * id + position * id);
  return {
    async classify(ids, { batch, length }) {
      const out = new Float64Array(2 * batch);
      for (const [at, id] of ids.entries()) {
        const place = 2 * Math.floor(at / length) + 1;
        out[place] = (out[place] as number) + weight(at % length, id);
      }
      return out;
    },
    gradient: async (_, { batch, length }) =>
      Float64Array.from({ length: batch * length * VOCAB_SIZE }, (__, i) =>
        weight(Math.floor(i / VOCAB_SIZE) % length, i % VOCAB_SIZE),
      ),
  };
}

/** The same score as a log-probability: log sigmoid(s), whose gradient is (1 − sigmoid(s)) times that of s. */
function sigmoidScore(scale: number): ReturnType<typeof linearScore> {
  const score = linearScore(scale);
  const scores = async (...of: Parameters<ClassLogProbabilities>): Promise<number[]> => {
    const values = await score.classify(...of);
    return Array.from({ length: of[1].batch }, (_, row) => values[2 * row + 1] as number);
  };
  return {
    classify: async (ids, shape) =>
      Float64Array.from(
        (await scores(ids, shape)).flatMap((s) => [
          -Math.log1p(Math.exp(s)),
          -Math.log1p(Math.exp(-s)),
        ]),
      ),
    async gradient(ids, shape, label) {
      const slopes = await score.gradient(ids, shape, label);
      const size = shape.length * VOCAB_SIZE;
      const rows = await scores(ids, shape);
      return slopes.map((slope, i) => slope / (1 + Math.exp(rows[Math.floor(i / size)] as number)));
    },
  };
}

/** Most that two guided denoisers differ in the probability of a base at a masked position. */
async function difference(one: Denoise, other: Denoise, ids: Uint8Array): Promise<number> {
  const shape = { batch: ids.length / ROW_LENGTH, length: ROW_LENGTH };
  const [a, b] = [await one(ids, shape), await other(ids, shape)];
  let most = 0;
  for (const [place, id] of ids.entries()) {
    if (id !== M) continue;
    const shares = [a, b].map((logits) => {
      const powers = [...logits.subarray(4 * place, 4 * place + 4)].map(Math.exp);
      return powers.map((power) => power / sum(powers));
    });
    for (const [base, share] of (shares[0] as number[]).entries())
      most = Math.max(most, Math.abs(share - (shares[1]?.[base] as number)));
  }
  return most;
}

/** Rows with every third base shown. */
const ROWS = Uint8Array.from({ length: 3 * ROW_LENGTH }, (_, i) => (i % 3 === 0 ? (i * 5) % 4 : M));
const guidance = { label: 1, strength: 2 };

describe("to first order", () => {
  const off = (score: ReturnType<typeof linearScore>): Promise<number> =>
    difference(
      guidedByClassifier(denoise, score.classify, guidance),
      guidedByGradient(denoise, score.gradient, guidance),
      ROWS,
    );

  it("is exact where the log-probability is linear in the one-hot ids", async () => {
    expect(await off(linearScore(1))).toBeLessThan(1e-12);
  });

  it("is off by the square of what a base changes where it is not", async () => {
    const [coarse, fine] = [await off(sigmoidScore(0.1)), await off(sigmoidScore(0.05))];
    expect(fine).toBeGreaterThan(1e-6);
    expect(coarse / fine).toBeGreaterThan(3.6);
    expect(coarse / fine).toBeLessThan(4.4);
  });

  it("leans the way that the exact one does", async () => {
    const { classify, gradient } = sigmoidScore(1);
    const exact = guidedByClassifier(denoise, classify, guidance);
    const first = guidedByGradient(denoise, gradient, guidance);
    expect(await difference(exact, first, ROWS)).toBeLessThan(
      (await difference(exact, denoise, ROWS)) / 2,
    );
  });
});

describe("both", () => {
  const { classify, gradient } = linearScore(1);
  const shape = { batch: 3, length: ROW_LENGTH };
  const orders = [
    ["exact", (strength: number) => guidedByClassifier(denoise, classify, { label: 1, strength })],
    ["first", (strength: number) => guidedByGradient(denoise, gradient, { label: 1, strength })],
  ] as const;

  it.each(orders)("leave shown positions as they were: %s", async (_, guided) => {
    const [before, after] = [await denoise(ROWS, shape), await guided(2)(ROWS, shape)];
    for (const [place, id] of ROWS.entries()) {
      const own = [...after.subarray(4 * place, 4 * place + 4)];
      const plain = [...before.subarray(4 * place, 4 * place + 4)];
      if (id === M) expect(own).not.toEqual(plain);
      else expect(own).toEqual(plain);
    }
  });

  it.each(orders)("say the same of a row whatever stands beside it: %s", async (_, guided) => {
    const all = await guided(2)(ROWS, shape);
    for (let row = 0; row < 3; row++) {
      const ids = ROWS.subarray(row * ROW_LENGTH, (row + 1) * ROW_LENGTH);
      const alone = await guided(2)(ids, { batch: 1, length: ROW_LENGTH });
      expect(all.subarray(row * 4 * ROW_LENGTH, (row + 1) * 4 * ROW_LENGTH)).toEqual(alone);
    }
  });

  it.each(orders)("refuse padded rows: %s", async (_, guided) => {
    await expect(guided(1)(ROWS, { ...shape, lengths: [12, 11, 12] })).rejects.toThrow(
      "internal: expected rows of one length to guide, got padded ones",
    );
  });

  it.each(orders)("are the denoiser itself at strength 0: %s", (_, guided) => {
    expect(guided(0)).toBe(denoise);
  });
});
