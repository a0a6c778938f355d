/** The average over both strands against its definition, and the symmetries that follow from it. */

import { describe, expect, it } from "vitest";
import { drawNats } from "../../src/diffusion/counting-estimator.ts";
import type { Denoise, DenoiseShape } from "../../src/diffusion/denoise.ts";
import { strandAverage } from "../../src/diffusion/strand-average.ts";
import { subsLogProbs } from "../../src/diffusion/subs.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { exactDenoise, SOURCE } from "../support/markov-source.ts";
import { randomIds } from "../support/random-ids.ts";

const LENGTH = 11;
const exact = exactDenoise(SOURCE); // a chain whose strands differ

/** [length, 4] logits of the reverse complement of a row, from its own. */
const mirror = (logits: ArrayLike<number>): number[] => [...Array.from(logits)].reverse();

const masked = (seed: number): Uint8Array =>
  randomIds(LENGTH, seed).map((id, i) => ((i * seed) % 3 === 0 ? MASK_ID : id % 4));

describe("strandAverage", () => {
  it("is the normalised geometric mean of the two strands' probabilities", async () => {
    const row = masked(2);
    const shape = { batch: 1, length: LENGTH };
    const forward = await exact(row, shape);
    const backward = mirror(await exact(reverseComplementIds(row), shape));
    const averaged = await strandAverage(exact)(row, shape);
    for (const [i, id] of row.entries()) {
      if (id !== MASK_ID) continue;
      const products = [0, 1, 2, 3].map((base) =>
        Math.sqrt(Math.exp((forward[4 * i + base] as number) + (backward[4 * i + base] as number))),
      );
      const sum = products.reduce((total, p) => total + p, 0);
      const logProbs = new Float64Array(4);
      subsLogProbs(averaged, i, MASK_ID, logProbs);
      for (const [base, p] of products.entries())
        expect(Math.exp(logProbs[base] as number)).toBeCloseTo(p / sum, 12);
    }
  });

  it("says of a reverse complement the reverse complement of what it says, to the bit", async () => {
    const denoise = strandAverage(async (ids, shape) => Float32Array.from(await exact(ids, shape)));
    for (const seed of [1, 2, 5]) {
      const row = masked(seed);
      const shape = { batch: 1, length: LENGTH };
      const own = await denoise(row, shape);
      expect(mirror(await denoise(reverseComplementIds(row), shape))).toEqual([...own]);
      expect(mirror(await exact(reverseComplementIds(row), shape))).not.toEqual([
        ...(await exact(row, shape)),
      ]);
    }
  });

  it("leaves a column of MASK its own twin, and masked bases the mean mass", async () => {
    const outputs = async (ids: Uint8Array): Promise<Float64Array> =>
      Float64Array.from({ length: 5 * ids.length }, (_, i) => {
        const at = Math.floor(i / 5) % LENGTH;
        return Math.sin(i + 3 * (ids[at] as number));
      });
    const row = masked(3);
    const shape = { batch: 1, length: LENGTH };
    const both = new Uint8Array([...row, ...reverseComplementIds(row)]);
    const asBoth = await outputs(both);
    const averaged = await strandAverage(outputs)(row, shape);
    const mass = (logits: readonly number[]): number =>
      Math.log(logits.slice(0, 4).reduce((sum, logit) => sum + Math.exp(logit), 0));
    for (const [i, id] of row.entries()) {
      const [own, forward, mirrored] = [
        averaged.subarray(5 * i, 5 * i + 5),
        asBoth.subarray(5 * i, 5 * i + 5),
        asBoth.subarray(5 * (2 * LENGTH - 1 - i), 5 * (2 * LENGTH - i)),
      ].map((logits) => [...logits]) as [number[], number[], number[]];
      const backward = [3, 2, 1, 0, 4].map((twin) => mirrored[twin] as number);
      const means = forward.map((logit, column) => (logit + (backward[column] as number)) / 2);
      const shift = id === MASK_ID ? (mass(forward) + mass(backward)) / 2 - mass(means) : 0;
      const expected = means.map((logit, column) => (column < 4 ? logit + shift : logit));
      for (const [column, logit] of own.entries())
        expect(logit).toBeCloseTo(expected[column] as number, 12);
    }
    expect(averaged).toHaveLength(5 * LENGTH);
  });

  it("gives a sequence and its reverse complement one bound, with mirrored masks", async () => {
    const denoise = strandAverage(exact);
    const x0 = randomIds(LENGTH, 9).map((id) => id % 4);
    const positions = [0, 3, 4, 8];
    const nats = async (bases: Uint8Array, at: readonly number[]): Promise<number> => {
      const xt = bases.map((id, i) => (at.includes(i) ? MASK_ID : id));
      const logits = await denoise(xt, { batch: 1, length: LENGTH });
      const draw = { xt, masked: at, weight: LENGTH / at.length };
      return drawNats(draw, bases, new Uint8Array(LENGTH), logits, 0).total;
    };
    const mirrored = positions.map((i) => LENGTH - 1 - i);
    expect(await nats(reverseComplementIds(x0), mirrored)).toBeCloseTo(
      await nats(x0, positions),
      12,
    );
  });

  it("asks for both strands in one call, each with its length and its label", async () => {
    const asked: { ids: number[]; shape: DenoiseShape }[] = [];
    const watching: Denoise = async (ids, shape) => {
      asked.push({ ids: [...ids], shape });
      return Float64Array.from({ length: 4 * ids.length }, (_, i) => i);
    };
    const M = MASK_ID;
    const ids = Uint8Array.of(0, 1, M, 3, 2, 9); // the last is padding
    const shape = { batch: 2, length: 3, lengths: [3, 2], labels: [7, 5] };
    const averaged = await strandAverage(watching)(ids, shape);
    expect(asked).toEqual([
      {
        ids: [0, 1, M, 3, 2, 9, M, 2, 3, 1, 0, 0],
        shape: { batch: 4, length: 3, lengths: [3, 2, 3, 2], labels: [7, 5, 7, 5] },
      },
    ]);
    // Row 1 has two bases: base 0 of its first meets base 3 of the second base of its mirrored row, number 3.
    expect(averaged[4 * 3]).toBe((4 * 3 + (4 * (3 * 3 + 1) + 3)) / 2);
    expect(averaged[4 * 4 + 1]).toBe((4 * 4 + 1 + (4 * (3 * 3) + 2)) / 2);
  });
});
