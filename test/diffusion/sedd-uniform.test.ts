/** SEDD's uniform objective: its reference, its identity with UDLM, and its bound. */

import { describe, expect, it } from "vitest";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { outputScores, seddUniform } from "../../src/diffusion/sedd-uniform.ts";
import { udlm } from "../../src/diffusion/udlm.ts";
import {
  denoiserScores,
  type LogScores,
  logRatios,
  ratioNats,
} from "../../src/diffusion/uniform-ratios.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import {
  baseColumns,
  expectNear,
  type GoldenInputs,
  type Positions,
  readGolden,
} from "../support/golden.ts";
import { randomIds } from "../support/random-ids.ts";
import { exactScores } from "../support/uniform-law.ts";

const { uniform } = readGolden<{
  uniform: {
    readonly inputs: GoldenInputs;
    readonly entropy: { readonly sigma: readonly number[]; readonly scoreEntropy: Positions };
    readonly losses: readonly {
      readonly noise: string;
      readonly t: readonly number[];
      readonly loss: readonly number[];
    }[];
  };
}>("sedd");
const LENGTH = 6;
const x0 = uniform.inputs.x0.flat();
const xt = uniform.inputs.xt.flat();
const outputs = baseColumns(uniform.inputs.outputs);

const nats = (own: Float64Array, by: LogScores, at: number, redrawn: number): number => {
  const [scores, truth] = [new Float64Array(4), new Float64Array(4)];
  const z = xt[at] as number;
  by(own, at, z, redrawn, scores);
  logRatios(x0[at] as number, z, redrawn, truth);
  return ratioNats(scores, truth);
};

describe("nats of the outputs", () => {
  it("are SEDD's score entropy", () => {
    const own = xt.map((_, at) => {
      const sigma = uniform.entropy.sigma[Math.floor(at / LENGTH)] as number;
      return nats(outputs, outputScores, at, -Math.expm1(-sigma));
    });
    expectNear(own, uniform.entropy.scoreEntropy.flat());
  });

  it.each(["loglinear", "geometric"] as const)(
    "by the rate are SEDD's loss of rows: %s",
    (name) => {
      const reference = uniform.losses.find(({ noise }) => noise === name);
      const { sigmaPrime, maskProbability } = noiseSchedule(name);
      const own = (reference?.t ?? []).map((t, row) => {
        const positions = xt.flatMap((_, at) => (Math.floor(at / LENGTH) === row ? [at] : []));
        return positions.reduce(
          (sum, at) => sum + sigmaPrime(t) * nats(outputs, outputScores, at, maskProbability(t)),
          0,
        );
      });
      expectNear(own, reference?.loss ?? []);
    },
  );

  it("are UDLM's where the outputs are the ratios of its law", () => {
    for (const redrawn of [1e-4, 0.3, 0.999]) {
      const ratios = new Float64Array(outputs.length);
      for (const [at, z] of xt.entries())
        denoiserScores(outputs, at, z, redrawn, ratios.subarray(4 * at, 4 * at + 4));
      for (const at of xt.keys())
        expect(nats(ratios, outputScores, at, redrawn)).toBe(
          nats(outputs, denoiserScores, at, redrawn),
        );
    }
  });
});

it("redraws and weighs what UDLM does", () => {
  const random = {
    time: addressedRandom(1, "trainingTime"),
    mask: addressedRandom(1, "corruption"),
  };
  const noise = noiseSchedule("loglinear");
  const ids = randomIds(50, 3, 0.1);
  const [own, other] = [seddUniform(noise), udlm(noise)].map((one) =>
    one.corrupt(ids, 5, 8, random),
  );
  expect(own).toEqual(other);
});

it("has a bound that is −log p for exact scores, and above it for others", async () => {
  const law = (row: Uint8Array): number => (row[0] === row[1] ? 0.22 : 0.01);
  const bound = async (scale: number): Promise<{ above: number; error: number }> => {
    const exact = exactScores(law);
    const network: typeof exact = async (ids, shape) =>
      (await exact(ids, shape)).map((output) => scale * output);
    const window = { index: 1, ids: Uint8Array.of(2, 2), isSoftMasked: new Uint8Array(2) };
    const { likelihood } = seddUniform(noiseSchedule("loglinear"));
    const options = { likelihood, draws: 20_000, batchSize: 1000, seed: 2 };
    for await (const scored of windowLikelihoods(network, [window], options)) {
      const error = scored.standardErrorNats as number;
      return { above: scored.nats + Math.log(law(window.ids)), error };
    }
    throw new Error("expected a window");
  };
  const exact = await bound(1);
  expect(exact.error).toBeLessThan(0.03);
  expect(Math.abs(exact.above)).toBeLessThan(4 * exact.error);
  const half = await bound(0.5);
  expect(half.above).toBeGreaterThan(10 * half.error);
});
