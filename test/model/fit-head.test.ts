import { expect, it } from "vitest";
import { fitHead } from "../../src/model/fit-head.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";

const FOUR = { width: 8, layers: 1, heads: 2 };
const FIVE = { ...FOUR, headWidth: 5 };

/** Weights whose head is not 0. */
const withHead = (config: typeof FOUR) => {
  const weights = initDenoiser(config, 1);
  const filled = Object.entries(weights).map(([name, { shape, data }]) => {
    const own = name.startsWith("head.") ? data.map((_, i) => i + 1) : data;
    return [name, { shape, data: own }] as const;
  });
  return Object.fromEntries(filled);
};

it("adds a row of MASK that is 0, and takes it away again", () => {
  const four = withHead(FOUR);
  const five = fitHead(four, FIVE);
  expect(five["head.weight"]?.shape).toEqual([5, 8]);
  expect([...(five["head.weight"]?.data ?? [])]).toEqual(
    Array.from({ length: 40 }, (_, i) => (i < 32 ? i + 1 : 0)),
  );
  expect([...(five["head.bias"]?.data ?? [])]).toEqual([1, 2, 3, 4, 0]);
  expect(fitHead(five, FOUR)).toEqual(four);
  expect(fitHead(withHead(FIVE), FOUR)).toEqual(four);
});

it("leaves all else, and a head that fits, as they are", () => {
  const four = withHead(FOUR);
  const five = fitHead(four, FIVE);
  for (const [name, array] of Object.entries(four))
    if (!name.startsWith("head.")) expect(five[name]).toBe(array);
  expect(fitHead(four, FOUR)["head.weight"]).toBe(four["head.weight"]);
});
