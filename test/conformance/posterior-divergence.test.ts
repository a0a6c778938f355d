/** The loss of D3PM on all backends against PyTorch's autograd of its definition (torch_posterior.py), and against plain numbers. */

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { positionTerms } from "../../src/diffusion/d3pm.ts";
import {
  posteriorNats,
  posteriorPrediction,
  stepTerms,
} from "../../src/diffusion/discrete-posterior.ts";
import { ShapeError } from "../../src/errors.ts";
import { posteriorDivergence } from "../../src/ops/posterior-divergence.ts";
import { tf } from "../../src/tensor/tf.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { ALL_BACKENDS, filled, useBackend } from "../support/backend.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";

/** First, middle and last steps of several numbers of steps. */
const ROWS = [1, 2, 10, 1000].flatMap((steps) =>
  [...new Set([1, 2, Math.ceil(steps / 2), steps])]
    .filter((step) => step <= steps)
    .map((step) => ({ step, steps })),
);
const X0 = Int32Array.from(ROWS, (_, row) => (row * 7) % 4);
/** Weights as training has them: 1/t times what the share of clean rows leaves. */
const COUNTS = ROWS.map(({ step, steps }) => stepTerms(step, steps).weight / (1 - 1 / 8));

const inputs = () => {
  const outputs = tf.mul(filled([ROWS.length, 5]), 2) as tf.Tensor2D;
  const columns = ROWS.map(({ steps }, row) =>
    positionTerms(
      { xt: Uint8Array.of(MASK_ID), weight: Float32Array.of(COUNTS[row] as number) },
      steps,
    ),
  );
  const terms = Object.fromEntries(
    (["step", "a", "b", "c"] as const).map((key) => [
      key,
      tf.tensor1d(columns.map((column) => column[key][0] as number)),
    ]),
  ) as Record<"step" | "a" | "b" | "c", tf.Tensor1D>;
  return {
    outputs,
    x0: tf.tensor1d(X0, "int32"),
    terms: { ...terms, weight: tf.tensor1d(COUNTS) },
  };
};

const hasTorch = hasPythonModule("torch");
let known: { value: number; gradient: number[] } | undefined;

/** PyTorch's value and gradient, of the first backend's outputs: all have the same. */
function reference(outputs: readonly number[]): { value: number; gradient: number[] } {
  if (known !== undefined) return known;
  const file = join(mkdtempSync(join(tmpdir(), "gdiff-torch-")), "input.json");
  const given = {
    outputs: ROWS.map((_, row) => outputs.slice(5 * row, 5 * row + 5)),
    x0: [...X0],
    weight: ROWS.map(
      ({ step, steps }, row) => (COUNTS[row] as number) / stepTerms(step, steps).weight,
    ),
    step: ROWS.map(({ step }) => step),
    steps: ROWS.map(({ steps }) => steps),
  };
  writeFileSync(file, JSON.stringify(given));
  const program = readFileSync(join(import.meta.dirname, "torch_posterior.py"), "utf8");
  const made = JSON.parse(runPython(program, [file])) as { value: number; gradient: number[] };
  known = made;
  return made;
}

it("steps are read off the weights", () => {
  for (const [row, { step, steps }] of ROWS.entries()) {
    const weight = Float32Array.of(COUNTS[row] as number);
    const terms = positionTerms({ xt: Uint8Array.of(MASK_ID), weight }, steps);
    expect(terms.step[0]).toBe(step);
  }
});

describe.each(ALL_BACKENDS)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("is the weighted sum of each row's nats", async () => {
    const { outputs, x0, terms } = inputs();
    const values = Float64Array.from(await outputs.data());
    const expected = ROWS.reduce((sum, { step, steps }, row) => {
      const prediction = posteriorPrediction(values, row, X0[row] as number);
      const { weight } = stepTerms(step, steps);
      return (
        sum + ((COUNTS[row] as number) / weight) * posteriorNats(stepTerms(step, steps), prediction)
      );
    }, 0);
    const [own] = await posteriorDivergence(outputs, x0, terms).data();
    expect(Math.abs((own as number) / expected - 1)).toBeLessThan(1e-5);
  });

  it("is the plain cross-entropy over five columns where MASK has no part", async () => {
    const { outputs, x0, terms } = inputs();
    const none = tf.zeros([ROWS.length]) as tf.Tensor1D;
    const clean = { step: none, a: none, b: none, c: none, weight: terms.weight };
    const values = Float64Array.from(await outputs.data());
    const expected = COUNTS.reduce(
      (sum, weight, row) =>
        sum + weight * posteriorPrediction(values, row, X0[row] as number).ownNats,
      0,
    );
    const [own] = await posteriorDivergence(outputs, x0, clean).data();
    expect(Math.abs((own as number) / expected - 1)).toBeLessThan(1e-5);
  });

  it.runIf(hasTorch)("value and gradient are PyTorch's", async () => {
    const { outputs, x0, terms } = inputs();
    const { value, gradient } = reference(Array.from(await outputs.data()));
    const [own] = await posteriorDivergence(outputs, x0, terms).data();
    expect(Math.abs((own as number) / value - 1)).toBeLessThan(1e-5);
    const slope = tf.grad((o) => posteriorDivergence(o as tf.Tensor2D, x0, terms))(outputs);
    for (const [i, made] of (await slope.data()).entries()) {
      const scale = COUNTS[Math.floor(i / 5)] as number;
      expect(Math.abs(made - (gradient[i] as number))).toBeLessThan(1e-5 * scale);
    }
  });

  it("stays a number where all is MASK's, or nothing is", async () => {
    const { x0, terms } = inputs();
    for (const mask of [-200, 80]) {
      const outputs = tf.tile(tf.tensor2d([[0, 0.1, 0.2, 0.3, mask]]), [
        ROWS.length,
        1,
      ]) as tf.Tensor2D;
      const loss = (o: tf.Tensor): tf.Scalar => posteriorDivergence(o as tf.Tensor2D, x0, terms);
      const values = [...(await loss(outputs).data()), ...(await tf.grad(loss)(outputs).data())];
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it("refuses ids or numbers that are not one a row", () => {
    const { outputs, x0, terms } = inputs();
    const short = tf.tensor1d([1]);
    expect(() => posteriorDivergence(outputs, tf.tensor1d([1], "int32"), terms)).toThrow(
      ShapeError,
    );
    expect(() => posteriorDivergence(outputs, x0, { ...terms, b: short })).toThrow(
      /posteriorDivergence: expected b to be \[/,
    );
  });
});
