/** SUBS, the NELBO's weights and score entropy against the numbers of mdlm, SEDD and discrete-diffusion-guidance. */

import { describe, expect, it } from "vitest";
import { type NoiseName, noiseSchedule } from "../../src/diffusion/noise.ts";
import { scoreNats } from "../../src/diffusion/sedd.ts";
import { maskedNats, subsLogProbs } from "../../src/diffusion/subs.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import {
  baseColumns,
  type Categories,
  expectNear,
  GOLDEN_MASK,
  type GoldenInputs,
  goldenIds,
  type Positions,
  readGolden,
} from "../support/golden.ts";

interface Loss {
  readonly parameterization?: "subs" | "sedd" | "d3pm";
  readonly noise?: string;
  readonly T?: number;
  readonly covariables?: true;
  readonly importance?: true;
  readonly sampledT: readonly number[];
  readonly loss: Positions;
}

const mdlm = readGolden<{
  inputs: GoldenInputs;
  parameterisations: {
    readonly subs: Categories;
    readonly sedd: { readonly sigma: readonly number[]; readonly scoreEntropy: Positions };
  };
  losses: readonly Loss[];
}>("mdlm");

const x0 = goldenIds(mdlm.inputs.x0);
const xt = goldenIds(mdlm.inputs.xt);
const outputs = baseColumns(mdlm.inputs.outputs);
const LENGTH = 6;
const OURS: Readonly<Record<string, NoiseName>> = { cosinesqr: "cosine-squared" };
const scheduleOf = ({ noise = "loglinear" }: Loss) =>
  noiseSchedule(OURS[noise] ?? (noise as NoiseName));

/** Nats of each position, [rows × length], 0 where it is visible. */
const atMasks = (nats: (row: number, base: number) => number): number[] =>
  Array.from(xt, (id, row) => (id === MASK_ID ? nats(row, x0[row] as number) : 0));

const rowOf = (position: number): number => Math.floor(position / LENGTH);

describe.each([
  ["mdlm", mdlm.parameterisations.subs],
  ["guidance", readGolden<{ subs: Categories }>("discrete-diffusion-guidance").subs],
])("SUBS of %s", (_, reference) => {
  it("has our log-probabilities of the bases", () => {
    const own = new Float64Array(4);
    for (const [position, expected] of reference.flat().entries()) {
      const id = xt[position] as number;
      subsLogProbs(outputs, position, id, own);
      // Their logarithm of zero is −1e6; a visible base costs exactly nothing.
      if (id === MASK_ID) expectNear(own, expected.slice(0, 4));
      else {
        expect(expected[id]).toBeCloseTo(0, 15);
        expect(own[id]).toBe(0);
        expect(expected.filter((logProb) => logProb > -9e5)).toHaveLength(1);
        expect([...own].filter((logProb) => logProb > -9e5)).toHaveLength(1);
      }
      expect(expected[GOLDEN_MASK]).toBeLessThan(-9e5);
    }
  });
});

const continuous = mdlm.losses.filter(
  ({ T, covariables, importance }) => T === undefined && !covariables && !importance,
);

describe("the continuous-time loss of mdlm", () => {
  const of = (name: string) =>
    continuous.filter(({ parameterization }) => (parameterization ?? "subs") === name);

  it.each(of("subs"))("under $noise noise is our weight times the cross-entropy", (reference) => {
    const { weight } = scheduleOf(reference);
    const own = atMasks(
      (position, base) =>
        weight(reference.sampledT[rowOf(position)] as number) * maskedNats(outputs, position, base),
    );
    expectNear(own, reference.loss.flat());
  });

  it.each(of("sedd"))(
    "of log scores under $noise noise is our weight times the score entropy",
    (reference) => {
      const { weight } = scheduleOf(reference);
      const own = atMasks(
        (position, base) =>
          weight(reference.sampledT[rowOf(position)] as number) *
          scoreNats(outputs, position, base),
      );
      expectNear(own, reference.loss.flat());
    },
  );

  it("is there for five schedules, and of log scores for two", () => {
    expect([of("subs").length, of("sedd").length]).toEqual([5, 2]);
  });
});

describe("score entropy", () => {
  const sedd = readGolden<{
    absorbing: {
      readonly entropy: { readonly sigma: readonly number[]; readonly scoreEntropy: Positions };
      readonly losses: readonly {
        readonly noise: string;
        readonly t: readonly number[];
        readonly loss: readonly number[];
      }[];
    };
  }>("sedd").absorbing;

  it.each([
    ["mdlm", mdlm.parameterisations.sedd],
    ["SEDD", sedd.entropy],
  ])("of %s is ours over expm1 σ", (_, { sigma, scoreEntropy }) => {
    const own = atMasks(
      (position, base) =>
        scoreNats(outputs, position, base) / Math.expm1(sigma[rowOf(position)] as number),
    );
    expectNear(own, scoreEntropy.flat());
  });

  it.each(["loglinear", "geometric"] as const)("of SEDD's rows is ours: %s", (name) => {
    const reference = sedd.losses.find(({ noise }) => noise === name);
    if (reference === undefined) throw new Error(`the numbers have no ${name}`);
    const { weight } = noiseSchedule(name);
    const own = reference.t.map((t, row) =>
      atMasks((position, base) => scoreNats(outputs, position, base))
        .slice(row * LENGTH, (row + 1) * LENGTH)
        .reduce((sum, nats) => sum + weight(t) * nats, 0),
    );
    expectNear(own, reference.loss);
  });
});
