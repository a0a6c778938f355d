import { expect, it } from "vitest";
import { mlm } from "../../src/diffusion/mlm.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";

const random = {
  time: addressedRandom(3, "trainingTime"),
  mask: addressedRandom(3, "corruption"),
};
const DRAWS = 200_000;

/** Whether a share of `count` draws is within four standard errors of `expected`. */
function expectShare(hits: number, count: number, expected: number): void {
  const standardError = Math.sqrt((expected * (1 - expected)) / count);
  expect(Math.abs(hits / count - expected)).toBeLessThan(4 * standardError);
}

it("chooses 15 % of the bases: 80 % of them MASK, 10 % one of four bases, 10 % as they were", () => {
  let [chosen, masked, others] = [0, 0, 0];
  const redrawn = [0, 0, 0, 0];
  const x0 = new Uint8Array(1000).fill(2);
  for (let index = 0; index < DRAWS / 1000; index++) {
    const { xt, weight } = mlm().corrupt(x0, index, 8, random);
    for (const [i, id] of xt.entries()) {
      if (weight[i] === 0) {
        expect(id).toBe(2);
        continue;
      }
      expect(weight[i]).toBeCloseTo(1 / 0.15, 5);
      chosen++;
      if (id === MASK_ID) masked++;
      else {
        redrawn[id] = (redrawn[id] as number) + 1;
        if (id !== 2) others++;
      }
    }
  }
  expectShare(chosen, DRAWS, 0.15);
  expectShare(masked, chosen, 0.8);
  expectShare(others, chosen, 0.075); // three quarters of those drawn anew are another base
  for (const id of [0, 1, 3]) expectShare(redrawn[id] as number, chosen, 0.025);
  expectShare(redrawn[2] as number, chosen, 0.125);
});

it("leaves N alone, and is a function of example and seed, not of the batch", () => {
  const x0 = Uint8Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? N_ID : i % 4));
  const { xt, weight } = mlm().corrupt(x0, 5, 8, random);
  for (let i = 0; i < 400; i += 4) expect([xt[i], weight[i]]).toEqual([N_ID, 0]);
  expect(mlm().corrupt(x0, 5, 64, random)).toEqual({ xt, weight });
  expect(mlm().corrupt(x0, 6, 8, random).xt).not.toEqual(xt);
});
