/** The ranges of mask rates whose losses are compared are those of bd3lms's code. */

import { expect, it } from "vitest";
import { rateVariances } from "../../src/score/mask-rate-variance.ts";
import { readGolden } from "../support/golden.ts";

it("five widths in steps of a twentieth, and all rates", () => {
  const { tried } = readGolden<{ tried: readonly (readonly [number, number])[] }>("bd3lms");
  const losses = Array.from({ length: 200 }, (_, i) => ({ rate: (i + 0.5) / 200, nats: i % 7 }));
  const named = (from: number, to: number): string =>
    `${Math.max(1e-3, from).toFixed(3)} to ${to.toFixed(3)}`; // none is below 1e-3 there
  const own = rateVariances(losses).map(({ from, to }) => named(from, to));
  expect(own.sort()).toEqual(tried.map(([from, to]) => named(from, to)).sort());
  expect(own).toHaveLength(36);
});
