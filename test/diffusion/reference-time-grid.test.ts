/** MDLM in discrete time against the numbers of mdlm's code. */

import { expect, it } from "vitest";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { maskedNats } from "../../src/diffusion/subs.ts";
import { noiseDraw } from "../../src/diffusion/time-sampling.ts";
import {
  baseColumns,
  expectNear,
  GOLDEN_MASK,
  type GoldenInputs,
  type Positions,
  readGolden,
} from "../support/golden.ts";

const { inputs, losses } = readGolden<{
  inputs: GoldenInputs;
  losses: readonly {
    readonly parameterization?: string;
    readonly T?: number;
    readonly sampledT: readonly number[];
    readonly moveChance: readonly number[];
    readonly loss: Positions;
  }[];
}>("mdlm");

const outputs = baseColumns(inputs.outputs);
const LENGTH = 6;
const subs = losses.filter(
  ({ parameterization, T }) => parameterization === "subs" && T !== undefined,
);

it.each(subs)("in $T steps at $sampledT the loss is ours, but for the ends", (reference) => {
  const { T: timeSteps = 0, sampledT, moveChance, loss } = reference;
  for (const [row, u] of sampledT.entries()) {
    const random = { uniform: () => u, integer: () => 0 };
    const drawn = noiseDraw(noiseSchedule("loglinear"), { timeSteps })(random, 0, 1);
    // The grid is stretched to reach from 0 to 1 here; theirs ends at 0.999.
    expectNear([drawn.maskProbability * 0.999], [moveChance[row] as number]);
    const step = Math.round(drawn.maskProbability * timeSteps);
    for (let at = row * LENGTH; at < (row + 1) * LENGTH; at++) {
      if (inputs.xt.flat()[at] !== GOLDEN_MASK) continue;
      const own = drawn.weight * maskedNats(outputs, at, inputs.x0.flat()[at] as number);
      const expected = loss.flat()[at] as number;
      if (step > 1)
        expectNear([own], [expected], step === timeSteps ? 2e-4 : 1e-9); // t = 1 is 1 − 1e-4 there
      else {
        expect(expected).toBeNaN(); // 0 · ∞ where t = dt
        expect(own).toBeGreaterThan(0);
      }
    }
  }
});

it("there are numbers of few steps and of many", () => {
  expect(subs.map(({ T }) => T)).toEqual(expect.arrayContaining([2, 4, 10, 1000]));
});
