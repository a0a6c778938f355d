/** The forward process of uniform noise, and its posterior. */

import { describe, expect, it } from "vitest";
import { redraw, uniformPosterior } from "../../src/diffusion/uniform-noise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";
import { expectNear } from "../support/golden.ts";
import { kernel } from "../support/uniform-law.ts";

const BASES = [0, 1, 2, 3];
const random = addressedRandom(4, "corruption");

it("redraws the share of bases that is asked for, all four alike, and leaves N and its input alone", () => {
  const x0 = Uint8Array.from({ length: 20_000 }, (_, i) => (i % 10 === 9 ? N_ID : 2));
  const before = x0.slice();
  for (const redrawn of [1e-3, 0.1, 0.6, 1]) {
    const xt = redraw(x0, redrawn, random, 7);
    const counts = BASES.map((base) => xt.filter((id) => id === base).length);
    for (const base of BASES) {
      const p = kernel(2, base, 1 - redrawn);
      const spread = Math.sqrt(18_000 * p * (1 - p));
      expect(Math.abs((counts[base] as number) - 18_000 * p)).toBeLessThan(4 * spread);
    }
    expect(xt.every((id, i) => (x0[i] === N_ID) === (id === N_ID))).toBe(true);
    expect(xt.includes(MASK_ID)).toBe(false);
  }
  expect(x0).toEqual(before);
});

it("draws by address: example, step and position", () => {
  const x0 = new Uint8Array(50);
  const [made, again, other, later] = [
    redraw(x0, 0.5, random, 3, 1),
    redraw(x0, 0.5, random, 3, 1),
    redraw(x0, 0.5, random, 4, 1),
    redraw(x0, 0.5, random, 3, 2),
  ];
  expect(made).toEqual(again);
  expect(made).not.toEqual(other);
  expect(made).not.toEqual(later);
  expect(made?.subarray(0, 20)).toEqual(redraw(x0.subarray(0, 20), 0.5, random, 3, 1));
});

describe("the posterior", () => {
  const out = new Float64Array(4);
  const oneHot = (x: number): Float64Array => Float64Array.from(BASES, (y) => (y === x ? 1 : 0));

  it("is Bayes' rule for every pair of bases", () => {
    for (const [atT, atS] of [
      [0.999, 0.2],
      [0.5, 0.49],
      [1e-3, 1e-6],
      [0.3, 0],
    ] as const) {
      const kept = (1 - atT) / (1 - atS);
      for (const x of BASES) {
        for (const z of BASES) {
          uniformPosterior(oneHot(x), z, { atT, atS }, out);
          // q(s | t, x) = q(t | s) q(s | x) / q(t | x)
          const expected = BASES.map(
            (y) => (kernel(y, z, kept) * kernel(x, y, 1 - atS)) / kernel(x, z, 1 - atT),
          );
          for (const y of BASES) expect(out[y]).toBeCloseTo(expected[y] as number, 12);
        }
      }
    }
  });

  it("of a law is the mean over its bases, each by its share once z_t is known", () => {
    const law = Float64Array.of(0.5, 0.1, 0.3, 0.1);
    const [atT, atS, z] = [0.6, 0.35, 2];
    const weights = BASES.map((x) => (law[x] as number) * kernel(x, z, 1 - atT));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const expected = [0, 0, 0, 0];
    for (const x of BASES) {
      uniformPosterior(oneHot(x), z, { atT, atS }, out);
      for (const y of BASES)
        expected[y] =
          (expected[y] as number) + ((weights[x] as number) / total) * (out[y] as number);
    }
    uniformPosterior(law, z, { atT, atS }, out);
    expectNear(out, expected);
  });
});
