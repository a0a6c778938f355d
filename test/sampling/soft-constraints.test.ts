/** What only leans the network's law: priors at positions, a share of G and C, potentials. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { withGcTarget } from "../../src/sampling/gc-tilt.ts";
import type { PositionMatrix } from "../../src/sampling/position-matrix.ts";
import { positionPrior, withPositionPrior } from "../../src/sampling/position-prior.ts";
import { kmerPotential, matrixPotential } from "../../src/sampling/potentials.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { randomIds, xorshift32 } from "../support/random-ids.ts";
import { bind, maskedBatch, samplerRandom, samplers } from "../support/sampling/bound-samplers.ts";

const M = MASK_ID;

/** Logits that depend on nothing but their place. */
function fixedDenoise(seed: number): Denoise {
  return async (_, { batch, length }) => {
    const next = xorshift32(seed);
    return Float64Array.from({ length: batch * length * 4 }, () => 3 * next() - 1.5);
  };
}

const softmax = (logits: readonly number[]): number[] => {
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return logits.map((logit) => Math.exp(logit) / sum);
};

describe("withPositionPrior", () => {
  const matrix: PositionMatrix = {
    probabilities: Float64Array.of(0.7, 0.1, 0.1, 0.1, 0, 0, 0.5, 0.5),
    sites: 30,
  };
  const smoothed = [...matrix.probabilities].map((p) => (30 * p + 0.025) / 30.1);

  it("multiplies the network's law with the matrix' at its places, in every row", async () => {
    const shape = { batch: 2, length: 5 };
    const plain = await fixedDenoise(1)(new Uint8Array(10), shape);
    const prior = positionPrior(5, [{ matrix, start: 2, weight: 1 }]);
    const made = await withPositionPrior(fixedDenoise(1), prior)(new Uint8Array(10), shape);
    for (let at = 0; at < 10; at++) {
      const own = softmax([...plain.subarray(4 * at, 4 * at + 4)]);
      const factor =
        at % 5 === 2 ? smoothed.slice(0, 4) : at % 5 === 3 ? smoothed.slice(4) : [1, 1, 1, 1];
      const product = own.map((p, base) => p * (factor[base] as number));
      const total = product.reduce((sum, p) => sum + p, 0);
      const law = softmax([...made.subarray(4 * at, 4 * at + 4)]);
      expect(law).toEqual(product.map((p) => expect.closeTo(p / total, 12)));
    }
  });

  it("counts a weight as a power, and adds up where matrices overlap", () => {
    const one = positionPrior(4, [{ matrix, start: 0, weight: 1 }]);
    const two = positionPrior(4, [{ matrix, start: 0, weight: 2 }]);
    const both = positionPrior(4, [
      { matrix, start: 0, weight: 1 },
      { matrix, start: 1, weight: 0.5 },
    ]);
    expect([...two]).toEqual([...one].map((value) => expect.closeTo(2 * value, 12)));
    expect(both[4]).toBeCloseTo(
      Math.log(smoothed[4] as number) + 0.5 * Math.log(smoothed[0] as number),
      12,
    );
    expect(() => positionPrior(4, [{ matrix, start: 3, weight: 1 }])).toThrow(RangeError);
  });
});

describe("withGcTarget", () => {
  const ids = Uint8Array.of(...[0, M, M, 2, M, 4, M, M], ...[1, 1, M, 1, M, 4, 3, M]);
  const shape = { batch: 2, length: 8 };

  it.each([
    [0.5, 1],
    [0.7, 1],
    [0.5, 0.5],
    [0.6, 2],
  ])(
    "makes the expected share %d at temperature %d, what is visible counted, N left out",
    async (target, temperature) => {
      const plain = await fixedDenoise(3)(ids, shape);
      const made = await withGcTarget(fixedDenoise(3), target, temperature)(ids, shape);
      for (const row of [0, 1]) {
        let expected = 0;
        for (let i = 0; i < 8; i++) {
          const at = row * 8 + i;
          const logits = [...made.subarray(4 * at, 4 * at + 4)];
          const before = [...plain.subarray(4 * at, 4 * at + 4)];
          if (ids[at] !== M) {
            expect(logits).toEqual(before);
            if (ids[at] === 1 || ids[at] === 2) expected++;
            continue;
          }
          const law = softmax(logits.map((logit) => logit / temperature));
          expected += (law[1] as number) + (law[2] as number);
          // C beside G, and A beside T, as the network has them.
          for (const [one, other] of [
            [1, 2],
            [0, 3],
          ] as const)
            expect((logits[one] as number) - (logits[other] as number)).toBeCloseTo(
              (before[one] as number) - (before[other] as number),
              9,
            );
        }
        expect(expected / 7, `row ${row}`).toBeCloseTo(target, 9);
      }
    },
  );

  it("leans as far as it can where the visible bases leave the target out of reach", async () => {
    const rich = Uint8Array.of(1, 2, 1, 2, M, M);
    const made = await withGcTarget(fixedDenoise(4), 0.2, 1)(rich, { batch: 1, length: 6 });
    const [a, c, g, t] = softmax([...made.subarray(16, 20)]);
    expect((c as number) + (g as number)).toBeLessThan(1e-10);
    expect((a as number) + (t as number)).toBeCloseTo(1, 9);
  });

  it("brings whole samples near the target, nearer than independent bases would come", async () => {
    const sampler = bind(samplers["random-order"], {
      ...{ calls: 60, schedule: "uniform", temperature: 1, topP: 1 },
    });
    const even: Denoise = async (_, { batch, length }) => new Float64Array(4 * batch * length);
    const made = await sampler(withGcTarget(even, 0.65, 1), maskedBatch(100, 60), samplerRandom(1));
    const shares = Array.from({ length: 100 }, (_, row) => {
      const own = made.subarray(row * 60, (row + 1) * 60);
      return own.filter((id) => id === 1 || id === 2).length / 60;
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / 100;
    const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / 99);
    expect(mean).toBeCloseTo(0.65, 1.5);
    expect(deviation).toBeLessThan(0.6 * Math.sqrt((0.65 * 0.35) / 60));
  });
});

describe("potentials", () => {
  it("of k-mers add up the scores of all words, N between them left out", () => {
    const scores = Float64Array.from({ length: 16 }, (_, i) => i + 1);
    const potential = kmerPotential({ k: 2, scores }, 0.5);
    const naive = (ids: Uint8Array): number => {
      let sum = 0;
      for (let i = 0; i + 1 < ids.length; i++) {
        const [a, b] = [ids[i] as number, ids[i + 1] as number];
        if (a < 4 && b < 4) sum += 4 * a + b + 1;
      }
      return sum / 2;
    };
    for (let seed = 0; seed < 30; seed++) {
      const ids = randomIds(12, seed, 0.2);
      expect(potential(ids)).toBeCloseTo(naive(ids), 9);
    }
    expect(potential(Uint8Array.of(3))).toBe(0);
  });

  it("of a matrix are its best place on either strand", () => {
    const probabilities = Float64Array.of(...[1, 0, 0, 0], ...[0, 0.5, 0.5, 0], ...[0, 0, 0, 1]);
    const potential = matrixPotential({ probabilities, sites: 20 }, 2);
    const best = 2 * (2 * Math.log((4 * 20.025) / 20.1) + Math.log((4 * 10.025) / 20.1));
    const site = Uint8Array.of(3, 3, 0, 1, 3, 3, 3);
    expect(potential(site)).toBeCloseTo(best, 9);
    const asymmetric = matrixPotential(
      { probabilities: probabilities.subarray(0, 8), sites: 20 },
      1,
    );
    for (let seed = 0; seed < 20; seed++) {
      const ids = randomIds(9, seed);
      expect(asymmetric(ids)).toBeCloseTo(asymmetric(reverseComplementIds(ids)), 9);
    }
    expect(potential(Uint8Array.of(3, 3, 3, 3, 3))).toBeLessThan(0);
    expect(potential(Uint8Array.of(0, 1))).toBe(0);
  });
});
