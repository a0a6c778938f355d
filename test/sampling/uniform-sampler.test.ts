/** Samplers of uniform noise: their laws under exact networks, and what holds for every sampler. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { type NoiseName, noiseSchedule } from "../../src/diffusion/noise.ts";
import type { TimeOptions } from "../../src/sampling/ancestral.ts";
import type { RowConstraint } from "../../src/sampling/constraint.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { stridedSampler } from "../../src/sampling/strided.ts";
import {
  eulerStep,
  lawOfRatios,
  posteriorStep,
  type UniformStep,
} from "../../src/sampling/uniform-steps.ts";
import { MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";
import { baseColumns, type Categories, type GoldenInputs, readGolden } from "../support/golden.ts";
import { SOURCE, sourceNats } from "../support/markov-source.ts";
import { maskedBatch, samplerRandom } from "../support/sampling/bound-samplers.ts";
import { chiSquare, type Law, LENGTH, LIMIT } from "../support/sampling/chi-square.ts";
import { tabularLaw } from "../support/tabular-law.ts";
import { exactScores, leaveOneOut } from "../support/uniform-law.ts";

const M = MASK_ID;
const markov: Law = (sequence) => Math.exp(-sourceNats(SOURCE, sequence));
const options = (calls: number): TimeOptions => ({
  ...{ calls, temperature: 1, topP: 1 },
  noise: noiseSchedule("loglinear"),
});

const { analytic, euler } = samplersOf("sedd-uniform");

/** A network of clean bases that says A, whatever it sees. */
const saysA =
  (nats: number): Denoise =>
  async (ids) => {
    const outputs = new Float64Array(4 * ids.length);
    for (let at = 0; at < ids.length; at++) outputs[4 * at] = nats;
    return outputs;
  };

/** A network of ratios that says A. */
const ratiosOfA =
  (nats: number): Denoise =>
  async (ids) =>
    Float64Array.from(
      { length: 4 * ids.length },
      (_, i) => (i % 4 === 0 ? nats : 0) - (ids[Math.floor(i / 4)] === 0 ? nats : 0),
    );

interface Case {
  readonly sampler: Sampler<TimeOptions>;
  /** The exact network of a law. */
  readonly exact: (law: Law) => Denoise;
  readonly says: (nats: number) => Denoise;
}

const ofScores = { exact: exactScores, says: ratiosOfA };
const SAMPLERS: readonly [string, Case][] = [
  ["udlm, ancestral", { sampler: samplersOf("udlm").ancestral, exact: leaveOneOut, says: saysA }],
  ["sedd-uniform, analytic", { sampler: analytic, ...ofScores }],
  ["sedd-uniform, euler", { sampler: euler, ...ofScores }],
];

describe.each(SAMPLERS)("%s", (_, { sampler, exact, says }) => {
  const sure = says(30);
  const sample = (rows: number, calls: number, law: Law): Promise<Uint8Array> =>
    sampler(exact(law), maskedBatch(rows, LENGTH), options(calls), samplerRandom(3));

  it.each([
    ["a Markov chain", markov],
    ["a table without structure", tabularLaw],
  ])("draws from the law of %s in many steps, and not in two", async (_law, law) => {
    expect(chiSquare(await sample(2000, 100, law), law)).toBeLessThan(LIMIT);
    expect(chiSquare(await sample(2000, 2, law), law)).toBeGreaterThan(3 * LIMIT);
  });

  it("gives a sample the same bases whatever batch it is in", async () => {
    const denoise = exact(markov);
    const make = (batch: number, first: number): Promise<Uint8Array> =>
      sampler(denoise, maskedBatch(batch, LENGTH, first), options(9), samplerRandom(1));
    const all = [...(await make(6, 0))];
    const parts = [...(await make(2, 0)), ...(await make(3, 2)), ...(await make(1, 5))];
    expect(parts).toEqual(all);
    expect(
      new Set([0, 3, 6, 9, 12, 15].map((at) => all.slice(at, at + 3).join())).size,
    ).toBeGreaterThan(2);
  });

  it("keeps what is not masked at every step, N too, and leaves its input alone", async () => {
    const ids = Uint8Array.of(0, M, 2, M, M, N_ID, 3, M, M, 1, 1, M);
    const before = ids.slice();
    const seen: Denoise = (rows, shape) => {
      for (const [i, id] of before.entries()) {
        if (id === M) expect(rows[i]).toBeLessThan(4);
        else expect(rows[i]).toBe(id);
      }
      return sure(rows, shape);
    };
    const batch = { batch: 1, length: 12, ids, samples: [0] };
    const out = await sampler(seen, batch, options(20), samplerRandom(5));
    expect(ids).toEqual(before);
    expect([...out]).toEqual([...before].map((id) => (id === M ? 0 : id)));
  });

  it("tells the network the noise of each step, all rows alike, and each row's label", async () => {
    const told: number[][] = [];
    const denoise: Denoise = (ids, shape) => {
      expect(shape.labels).toEqual([2, 0]);
      told.push([...(shape.levels ?? [])]);
      return sure(ids, shape);
    };
    const batch = { ...maskedBatch(2, 4), labels: [2, 0] };
    await sampler(denoise, batch, options(3), samplerRandom(5));
    const { sigma } = noiseSchedule("loglinear");
    expect(told).toEqual(
      [1, 2 / 3, 1 / 3].map((t) => [Math.fround(sigma(t)), Math.fround(sigma(t))]),
    );
  });

  it("asks nothing where nothing is free", async () => {
    const ids = Uint8Array.of(0, 1, 2);
    const never: Denoise = () => Promise.reject(new Error("asked"));
    const batch = { batch: 1, length: 3, ids, samples: [0] };
    expect(await sampler(never, batch, options(3), samplerRandom(5))).toEqual(ids);
  });

  it("obeys constraints, which hear of each base once", async () => {
    const batch = maskedBatch(20, 12);
    const made = batch.samples.map(() => new Map<number, number>());
    /** No base twice in a row, and C nowhere. */
    const constraints = made.map(
      (row): RowConstraint => ({
        allowed(position) {
          expect(row.has(position)).toBe(false);
          let set = 0b1101;
          for (const near of [row.get(position - 1), row.get(position + 1)])
            if (near !== undefined) set &= ~(1 << near);
          return set;
        },
        reveal(position, base) {
          expect((this.allowed(position) >> base) & 1).toBe(1);
          row.set(position, base);
        },
        conceal: () => expect.fail("concealed"),
      }),
    );
    const out = await sampler(sure, { ...batch, constraints }, options(7), samplerRandom(2));
    for (const [row, heard] of made.entries())
      expect([...out.subarray(12 * row, 12 * row + 12)]).toEqual(
        Array.from({ length: 12 }, (_value, i) => heard.get(i)),
      );
  });

  it("takes the likeliest base at temperature 0, and in a nucleus of one", async () => {
    const lean = says(0.5);
    for (const choice of [
      { temperature: 0, topP: 1 },
      { temperature: 1, topP: 0 },
    ]) {
      const out = await sampler(
        lean,
        maskedBatch(5, 20),
        { ...options(30), ...choice },
        samplerRandom(2),
      );
      expect(out).toEqual(new Uint8Array(100));
    }
    const plain = await sampler(lean, maskedBatch(5, 20), options(30), samplerRandom(2));
    expect(new Set(plain).size).toBe(4);
  });

  it("is guided by labels: with strength 1 told, with 0 not, and else asked twice a step", async () => {
    const counts: string[] = [];
    const network: Denoise = (ids, shape) => {
      counts.push(shape.labels === undefined ? "untold" : "told");
      return says(shape.labels === undefined ? 0.2 : 1.2)(ids, shape);
    };
    const shareOfA = async (guidance: number | undefined): Promise<number> => {
      counts.length = 0;
      const labels = new Array<number>(20).fill(1);
      const batch = { ...maskedBatch(20, 30), labels };
      const rows = guidance === undefined ? batch : { ...batch, guidance };
      const out = await sampler(network, rows, options(9), samplerRandom(2));
      return out.filter((id) => id === 0).length / out.length;
    };
    const [told, untold, twice] = [await shareOfA(undefined), await shareOfA(0), await shareOfA(2)];
    expect(counts).toEqual(Array.from({ length: 18 }, (_, i) => (i % 2 ? "untold" : "told")));
    expect(await shareOfA(1)).toBe(told);
    expect(counts).toEqual(new Array(9).fill("told"));
    expect(told).toBeGreaterThan(untold + 0.05);
    expect(twice).toBeGreaterThan(told + 0.05);
  });

  it("fills rows longer than the window", async () => {
    const strided = stridedSampler(sampler);
    const out = await strided(
      sure,
      maskedBatch(2, 20),
      { window: 8, stride: 4, calls: 12, optionsFor: options },
      samplerRandom(2),
    );
    expect(out).toEqual(new Uint8Array(40));
  });
});

describe("SEDD's steps", () => {
  interface Step {
    readonly noise: NoiseName;
    readonly t: number;
    readonly dt: number;
    readonly sigma: number;
    readonly score: Categories;
    readonly euler: Categories;
    readonly analytic: Categories;
    readonly denoiser: Categories;
  }
  const { uniform } = readGolden<{
    uniform: {
      readonly inputs: GoldenInputs;
      readonly steps: readonly Step[];
      readonly stepsOfLaw: readonly Step[];
    };
  }>("sedd");
  const shown = uniform.inputs.xt.flat();

  /** Steps of every position by the scores of the reference, beside the probabilities that it has. */
  function* stepsOf({ noise: name, t, dt, score }: Step, s: number, step: UniformStep) {
    const noise = noiseSchedule(name);
    const [law, after] = [new Float64Array(4), new Float64Array(4)];
    const outputs = baseColumns(score).map(Math.log);
    expect(dt).toBeGreaterThan(0);
    for (const [at, z] of shown.entries()) {
      lawOfRatios(outputs, at, z, noise.maskProbability(t), law);
      const shares = law.map(Math.exp);
      const isLaw = shares.every((share) => share > 0);
      const total = shares.reduce((sum, share) => sum + share, 0);
      const chosen = shares.map((share) => share / total);
      step(chosen, z, noise, { call: 0, t, s }, after);
      yield { at, after, isLaw };
    }
  }

  it.each(uniform.stepsOfLaw)("of a law's scores from $t by $dt are SEDD's", (reference) => {
    const { t, dt, analytic: posterior, denoiser, euler: first } = reference;
    for (const [step, s, rows] of [
      [posteriorStep, t - dt, posterior],
      [eulerStep, t - dt, first],
      [posteriorStep, 0, denoiser],
    ] as const) {
      for (const { at, after, isLaw } of stepsOf(reference, s, step)) {
        const expected = rows.flat()[at] ?? [];
        expect(isLaw).toBe(true);
        // Euler's probabilities are negative there where a step is long, and clipped here.
        if (expected.every((p) => p >= 0))
          for (const [y, p] of expected.entries()) expect(after[y]).toBeCloseTo(p, 9);
        else expect(after.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }
    }
  });

  it("of scores that are no law's are probabilities here, which SEDD's are not", () => {
    let [laws, others] = [0, 0];
    for (const reference of uniform.steps) {
      for (const { at, after, isLaw } of stepsOf(
        reference,
        reference.t - reference.dt,
        posteriorStep,
      )) {
        expect(after.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...after)).toBeGreaterThanOrEqual(0);
        if (isLaw) {
          laws++;
          const expected = reference.analytic.flat()[at] ?? [];
          const total = expected.reduce((sum, p) => sum + p, 0);
          for (const [y, p] of expected.entries()) expect(after[y]).toBeCloseTo(p / total, 9);
        } else others++;
      }
    }
    expect(Math.min(laws, others)).toBeGreaterThan(5);
  });
});
