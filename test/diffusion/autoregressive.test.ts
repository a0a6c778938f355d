/** The autoregressive objective: what is seen, what is counted, and an exact likelihood of both strands. */

import { describe, expect, test } from "vitest";
import { autoregressive, shiftedIds } from "../../src/diffusion/autoregressive.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { type WindowLikelihood, windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { SOURCE, sourceNats } from "../support/markov-source.ts";
import { randomIds } from "../support/random-ids.ts";

const { corrupt, likelihood } = autoregressive();

/** After an N any base may stand. */
const BEHIND_N: readonly number[] = [0.25, 0.25, 0.25, 0.25];

/** What a perfect autoregressive network says: the transition from the base before, or the first base's law. */
const nextBase: Denoise = async (ids) => {
  const logits = new Float64Array(4 * ids.length);
  for (const [i, id] of ids.entries()) {
    const row = id === MASK_ID ? SOURCE.initial : (SOURCE.transition[id] ?? BEHIND_N);
    for (const [base, p] of row.entries()) logits[4 * i + base] = Math.log(p) + 3; // unnormalised
  }
  return logits;
};

const bases = (length: number, seed: number): Uint8Array =>
  randomIds(length, seed).map((id) => id % 4);

async function score(windows: readonly Uint8Array[], batchSize = 4): Promise<WindowLikelihood[]> {
  const inputs = windows.map((ids, index) => ({
    ...{ index, ids },
    isSoftMasked: Uint8Array.from(ids, (_, i) => (i < 3 ? 1 : 0)),
  }));
  const scored: WindowLikelihood[] = [];
  const options = { likelihood, draws: 8, batchSize, seed: 1 };
  for await (const window of windowLikelihoods(nextBase, inputs, options)) scored.push(window);
  return scored;
}

describe("training", () => {
  const random = {
    time: addressedRandom(1, "trainingTime"),
    mask: addressedRandom(1, "corruption"),
  };

  test("every base is predicted once from those before it, N not", () => {
    const x0 = Uint8Array.of(2, 0, N_ID, 3, 1);
    expect(corrupt(x0, 0, 1, random)).toEqual({
      xt: Uint8Array.of(MASK_ID, 2, 0, N_ID, 3),
      weight: Float32Array.of(1, 1, 0, 1, 1),
    });
    expect(x0[0]).toBe(2);
  });

  test("a row of one base is predicted from the beginning alone", () => {
    expect(shiftedIds(Uint8Array.of(3))).toEqual(Uint8Array.of(MASK_ID));
  });
});

describe("likelihood", () => {
  test("is −log p exactly: the mean of both strands under the source, without a Monte Carlo error", async () => {
    const windows = [bases(40, 1), bases(40, 2), bases(7, 3)];
    const scored = await score(windows);
    for (const [i, ids] of windows.entries()) {
      const strands = [ids, reverseComplementIds(ids)].map((own) => sourceNats(SOURCE, own));
      const [forward, reverse] = strands as [number, number];
      expect(scored[i]?.nats).toBeCloseTo((forward + reverse) / 2, 10);
      expect(scored[i]?.draws.map(({ nats }) => nats)).toEqual([
        expect.closeTo(forward, 10),
        expect.closeTo(reverse, 10),
      ]);
      expect(scored[i]).not.toHaveProperty("standardErrorNats");
    }
  });

  test("sums to one over all sequences, on either strand", async () => {
    const length = 4;
    const all = Array.from({ length: 4 ** length }, (_, code) =>
      Uint8Array.from({ length }, (_, i) => (code >> (2 * i)) & 3),
    );
    const scored = await score(all, 64);
    for (const strand of [0, 1]) {
      const total = scored.reduce(
        (sum, { draws }) => sum + Math.exp(-(draws[strand]?.nats as number)),
        0,
      );
      expect(total).toBeCloseTo(1, 12);
    }
  });

  test("leaves N out, and gives soft-masked bases their own nats on both strands", async () => {
    const ids = Uint8Array.of(0, 1, 2, N_ID, 3, 3, 0); // ACGNTTA, whose other strand is TAANCGT
    const [scored] = await score([ids]);
    const { initial, transition } = SOURCE;
    const nats = (row: readonly number[] | undefined, base: number): number =>
      -Math.log(row?.[base] as number);
    const acg = nats(initial, 0) + nats(transition[0], 1) + nats(transition[1], 2);
    const tta = nats(BEHIND_N, 3) + nats(transition[3], 3) + nats(transition[3], 0);
    const taa = nats(initial, 3) + nats(transition[3], 0) + nats(transition[0], 0);
    const cgt = nats(BEHIND_N, 1) + nats(transition[1], 2) + nats(transition[2], 3);
    expect(scored).toMatchObject({
      ...{ scoredBases: 6, softMaskedBases: 3 },
      nats: expect.closeTo((acg + tta + taa + cgt) / 2, 10),
      softMaskedNats: expect.closeTo((acg + cgt) / 2, 10), // ACG is soft-masked: CGT on the other strand
    });
  });

  test("is the same whatever the batch", async () => {
    const windows = [bases(12, 4), bases(12, 5), new Uint8Array(12).fill(N_ID), bases(12, 6)];
    const expected = await score(windows, 1);
    expect(expected[2]).toMatchObject({ scoredBases: 0, nats: 0, draws: [] });
    for (const batchSize of [2, 3, 50]) expect(await score(windows, batchSize)).toEqual(expected);
  });
});
