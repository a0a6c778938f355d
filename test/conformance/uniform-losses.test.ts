/** The losses of uniform noise on all backends against double precision, values and gradients, at the ends of time too. */

import { beforeAll, describe, expect, it } from "vitest";
import type { LossName } from "../../src/diffusion/objective.ts";
import { outputScores } from "../../src/diffusion/sedd-uniform.ts";
import {
  denoiserScores,
  type LogScores,
  logRatios,
  ratioNats,
} from "../../src/diffusion/uniform-ratios.ts";
import { ShapeError } from "../../src/errors.ts";
import { ratioEntropy } from "../../src/ops/ratio-entropy.ts";
import { tf } from "../../src/tensor/tf.ts";
import { LOSSES } from "../../src/train/losses.ts";
import type { MicroBatch } from "../../src/train/micro-batch.ts";
import { centralDifferences } from "../naive/central-differences.ts";
import { ALL_BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";

/** Little noise, some, and nearly all, as schedules have it at times 1e-3, ½ and 1. */
const LEVELS = Float32Array.of(1e-3, 0.7, 6.9);
const RATES = [1, 2, 1000];
const LENGTH = 8;
const X0 = Uint8Array.from({ length: 3 * LENGTH }, (_, at) => (at % LENGTH === 5 ? 4 : at % 4));
const XT = X0.map((id, at) => (id === 4 ? 4 : at % 3 === 0 ? (id + 1) % 4 : id));

const MICRO: MicroBatch = {
  ...{ batch: 3, length: LENGTH, x0: X0, xt: XT, levels: LEVELS },
  weight: Float32Array.from(X0, (id, at) =>
    id === 4 ? 0 : (RATES[Math.floor(at / LENGTH)] as number),
  ),
  bases: 3 * (LENGTH - 1),
};

/** Nats of row `batch` of the micro-batch. */
function rowNats(outputs: Float64Array, scoresOf: LogScores, batch: number): number {
  const [scores, truth] = [new Float64Array(4), new Float64Array(4)];
  const redrawn = -Math.expm1(-(LEVELS[batch] as number));
  let total = 0;
  for (let at = batch * LENGTH; at < (batch + 1) * LENGTH; at++) {
    const [x, z, weight] = [X0[at], XT[at], MICRO.weight[at]] as [number, number, number];
    if (weight === 0) continue;
    scoresOf(outputs, at, z, redrawn, scores);
    logRatios(x, z, redrawn, truth);
    total += weight * ratioNats(scores, truth);
  }
  return total;
}

const NAIVE: readonly [LossName, LogScores][] = [
  ["denoiser-ratios", denoiserScores],
  ["output-ratios", outputScores],
];

describe.each(ALL_BACKENDS)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  describe.each(NAIVE)("%s", (name, scoresOf) => {
    const inputs = (): tf.Tensor2D => tf.mul(filled([3 * LENGTH, 4]), 3) as tf.Tensor2D;
    /** Of one row alone: what the others cost would hide its rounding. */
    const only = (batch: number): MicroBatch => ({
      ...MICRO,
      weight: MICRO.weight.map((weight, at) => (Math.floor(at / LENGTH) === batch ? weight : 0)),
    });

    it.each([0, 1, 2])("has the nats of row %i", async (batch) => {
      const outputs = inputs();
      const values = Float64Array.from(await outputs.data());
      const expected = rowNats(values, scoresOf, batch);
      const own = (await LOSSES[name](outputs, only(batch)).data())[0] as number;
      // WGSL's logarithm has an absolute error of 2⁻²¹ near 1 (section 15.7.4.1), and row 2 is nearly right.
      expect(Math.abs(own / expected - 1)).toBeLessThan(backend === "webgpu" ? 1e-2 : 5e-4);
    });

    it.each([0, 1, 2])("has the gradient of row %i", async (batch) => {
      const outputs = inputs();
      const values = Float64Array.from(await outputs.data());
      const gradient = tf.grad((o) => LOSSES[name](o as tf.Tensor2D, only(batch)))(outputs);
      const expected = centralDifferences((o) => rowNats(o, scoresOf, batch), values);
      const most = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      expect(most).toBeGreaterThan(1e-3);
      expect(maxDifference(await gradient.data(), expected) / most).toBeLessThan(1e-3);
    });

    it("is not finite where an output is not, even if unscored", async () => {
      const broken = tf.tensor2d(new Float32Array(12 * LENGTH), [3 * LENGTH, 4]).arraySync();
      (broken[5] as number[])[2] = Number.NaN;
      expect(await LOSSES[name](tf.tensor2d(broken), MICRO).data()).toEqual(
        Float32Array.of(Number.NaN),
      );
    });

    it("needs the noise of each row", () => {
      const { levels: _, ...untold } = MICRO;
      expect(() => LOSSES[name](inputs(), untold)).toThrow(/expected the noise of row 0/);
    });
  });

  it("refuses ratios or weights that are not one a row", () => {
    const four = tf.zeros([3, 4]) as tf.Tensor2D;
    const short = tf.zeros([2, 4]) as tf.Tensor2D;
    expect(() => ratioEntropy(four, short, tf.tensor1d([1, 1, 1]))).toThrow(ShapeError);
    expect(() => ratioEntropy(four, four, tf.tensor1d([1, 1]))).toThrow(ShapeError);
  });
});
