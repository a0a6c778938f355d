/** Networks that read a row one position late, and see ever more of what follows. */

import { beforeAll, describe, expect, it } from "vitest";
import { shiftedIds } from "../../src/diffusion/autoregressive.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import type { DenoiserConfig } from "../../src/model/denoiser-config.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { disposeParams, type ParamTree, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { lookaheadAt } from "../../src/train/attention-annealing.ts";
import { BACKENDS, maxDifference, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

/** One block: two see twice as far ahead. */
const SIZE = { width: 16, layers: 1, heads: 2 };
const SHIFTED = { ...SIZE, isShifted: true };
const CAUSAL = { ...SIZE, attention: "causal" } as const;
const LENGTH = 11;

function spokenParams(): ParamTree {
  const arrays = Object.entries(initDenoiser(SIZE, 3)).map(([name, array]) => {
    const data = name.startsWith("head.") ? array.data.map((_, i) => Math.sin(i) / 2) : array.data;
    return [name, { ...array, data }] as const;
  });
  return paramsFromArrays(Object.fromEntries(arrays));
}

/** Logits of one row, [length, 4]. */
async function logitsOf(
  params: ParamTree,
  config: DenoiserConfig,
  ids: Uint8Array,
  lookahead?: number,
): Promise<Float32Array> {
  const tensor = tf.tidy(() =>
    denoiser(params, config, tf.tensor2d(Int32Array.from(ids), [1, ids.length], "int32"), {
      ...(lookahead === undefined ? {} : { lookahead }),
    }),
  );
  const logits = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return logits;
}

/** The positions whose logits change with the base at `changed`. */
async function hearers(
  params: ParamTree,
  config: DenoiserConfig,
  changed: number,
  lookahead?: number,
): Promise<number[]> {
  const ids = randomIds(LENGTH, 4);
  const other = ids.map((id, i) => (i === changed ? (id + 1) % 4 : id));
  const [before, after] = [
    await logitsOf(params, config, ids, lookahead),
    await logitsOf(params, config, other, lookahead),
  ];
  return Array.from({ length: LENGTH }, (_, i) => i).filter(
    (i) =>
      maxDifference(before.subarray(4 * i, 4 * i + 4), after.subarray(4 * i, 4 * i + 4)) > 1e-6,
  );
}

describe.each(BACKENDS)("on %s", (backend) => {
  let params: ParamTree;
  beforeAll(async () => {
    await useBackend(backend);
    params = spokenParams();
    return () => disposeParams(params);
  });

  it("says with no lookahead what the autoregressive network says", async () => {
    const ids = randomIds(LENGTH, 6);
    const own = await logitsOf(params, SHIFTED, ids, 0);
    const causal = await logitsOf(params, CAUSAL, shiftedIds(ids));
    expect(maxDifference(own, causal)).toBeLessThan(1e-5);
  });

  it.each([0, 1, 4, LENGTH - 2])(
    "a position hears the base that is its lookahead of %i and one less ahead, and none beyond",
    async (lookahead) => {
      // Position i of the network stands at base i − 1, and predicts base i.
      for (const changed of [0, 3, LENGTH - 1]) {
        const first = Math.max(0, changed + 1 - lookahead);
        const expected = Array.from({ length: LENGTH - first }, (_, i) => first + i);
        expect(await hearers(params, SHIFTED, changed, lookahead)).toEqual(expected);
      }
    },
  );

  it("without one every position hears every base", async () => {
    for (const changed of [0, 5, LENGTH - 1])
      expect(await hearers(params, SHIFTED, changed)).toHaveLength(LENGTH);
    expect(await hearers(params, SIZE, 5)).toHaveLength(LENGTH);
    expect(await hearers(params, SIZE, 5, 2)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("reads padded rows as it reads them alone", async () => {
    const ids = randomIds(LENGTH, 8);
    const padded = Uint8Array.of(...ids.subarray(0, 7), 1, 2, 3, 0, ...ids);
    const denoise = networkDenoise(params, SHIFTED);
    const both = await denoise(padded, { batch: 2, length: LENGTH, lengths: [7, LENGTH] });
    const alone = await denoise(ids.subarray(0, 7), { batch: 1, length: 7 });
    expect(maxDifference(both.subarray(0, 28), alone)).toBeLessThan(1e-5);
    const whole = await denoise(ids, { batch: 1, length: LENGTH });
    expect(maxDifference(both.subarray(4 * LENGTH), whole)).toBeLessThan(1e-5);
  });
});

it("lookahead begins at none, grows in equal parts, and ends as all", () => {
  expect([0, 1, 2, 3, 4, 5].map((step) => lookaheadAt(step, 4, 10))).toEqual([
    ...[0, 2, 5, 7],
    ...[undefined, undefined],
  ]);
  expect(lookaheadAt(0, 0, 10)).toBeUndefined();
});
