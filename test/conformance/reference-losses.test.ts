/** The losses in tensors, on all backends, against the sums of mdlm's and SEDD's. */

import { beforeAll, describe, expect, it } from "vitest";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { maskedCrossEntropy } from "../../src/ops/masked-cross-entropy.ts";
import { scoreEntropy } from "../../src/ops/score-entropy.ts";
import { tf } from "../../src/tensor/tf.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { ALL_BACKENDS, useBackend } from "../support/backend.ts";
import {
  baseColumns,
  type GoldenInputs,
  goldenIds,
  type Positions,
  readGolden,
} from "../support/golden.ts";

const { inputs, losses } = readGolden<{
  inputs: GoldenInputs;
  losses: readonly {
    readonly parameterization?: string;
    readonly noise?: string;
    readonly T?: number;
    readonly sampledT: readonly number[];
    readonly loss: Positions;
  }[];
}>("mdlm");

const LENGTH = 6;
const { weight } = noiseSchedule("loglinear");
const OPS = { subs: maskedCrossEntropy, sedd: scoreEntropy };

describe.each(ALL_BACKENDS)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(["subs", "sedd"] as const)(
    "the loss of %s is mdlm's under loglinear noise",
    async (name) => {
      const reference = losses.find(
        ({ parameterization = "subs", noise, T }) =>
          parameterization === name && noise === "loglinear" && T === undefined,
      );
      if (reference === undefined) throw new Error(`the numbers have no ${name}`);
      const xt = goldenIds(inputs.xt);
      const own = await OPS[name](
        tf.tensor2d(Float32Array.from(baseColumns(inputs.outputs)), [xt.length, 4]),
        tf.tensor1d(Int32Array.from(goldenIds(inputs.x0)), "int32"),
        tf.tensor1d(
          Float32Array.from(xt, (id, at) =>
            id === MASK_ID ? weight(reference.sampledT[Math.floor(at / LENGTH)] as number) : 0,
          ),
        ),
      ).data();
      const expected = reference.loss.flat().reduce((sum, nats) => sum + nats, 0);
      expect((own[0] as number) / expected).toBeCloseTo(1, 6);
    },
  );
});
