/** Rows longer than the window. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { SamplingError } from "../../src/errors.ts";
import { blockByBlockSampler, blockShares } from "../../src/sampling/block-by-block.ts";
import { checkStrided, stridedSampler } from "../../src/sampling/strided.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { exactDenoise, SOURCE } from "../support/markov-source.ts";
import { bind, maskedBatch, samplerRandom, samplers } from "../support/sampling/bound-samplers.ts";

const strided = (window: number, stride: number, calls: number) =>
  bind(stridedSampler(samplers["random-order"]), {
    ...{ window, stride, calls },
    optionsFor: (share) => ({
      calls: share,
      temperature: 1,
      topP: 1,
      schedule: "uniform" as const,
    }),
  });

/** Rows that the denoiser saw, with MASK as a dot and anything else as its letter. */
function watcher(): { denoise: Denoise; seen: string[] } {
  const seen: string[] = [];
  const exact = exactDenoise(SOURCE);
  return {
    seen,
    denoise: (ids, shape) => {
      seen.push([...ids.subarray(0, shape.length)].map((id) => "ACGTN."[id]).join(""));
      return exact(ids, shape);
    },
  };
}

describe("windows", () => {
  it("move by the stride, see what was filled before, and the last ends with the row", async () => {
    const { denoise, seen } = watcher();
    const out = await strided(6, 4, 4)(denoise, maskedBatch(1, 13), samplerRandom(2));
    const made = [...out].map((id) => "ACGT"[id]).join("");
    expect(seen).toEqual([
      "......",
      `${made.slice(4, 6)}....`,
      `${made.slice(7, 10)}...`,
      expect.stringMatching(/^[ACGT.]{6}$/), // the fourth call
    ]);
    expect(made).toMatch(/^[ACGT]{13}$/);
  });

  it("are one where the row is no longer than it", async () => {
    const plain = bind(samplers["random-order"], {
      ...{ calls: 5, temperature: 1, topP: 1 },
      schedule: "uniform",
    });
    const denoise = exactDenoise(SOURCE);
    const made = await strided(20, 4, 5)(denoise, maskedBatch(3, 12), samplerRandom(2));
    expect(made).toEqual(await plain(denoise, maskedBatch(3, 12), samplerRandom(2)));
  });

  it("without a free position cost no call", async () => {
    const batch = maskedBatch(1, 13);
    batch.ids.fill(2, 4, 12);
    const { denoise, seen } = watcher();
    const out = await strided(4, 4, 5)(denoise, batch, samplerRandom(2));
    expect(seen.map((row) => row.length)).toEqual([4, 4, 4, 4, 4]);
    expect(seen.at(-1)).toBe("GGG.");
    expect([...out.subarray(4, 12)]).toEqual(Array(8).fill(2));
  });

  it("need a call each", async () => {
    const made = strided(4, 2, 3)(exactDenoise(SOURCE), maskedBatch(1, 12), samplerRandom(2));
    await expect(made).rejects.toThrow(SamplingError);
  });

  it("use no draw twice: equal windows of a denoiser without memory differ", async () => {
    const uniform: Denoise = async (ids) => new Float64Array(4 * ids.length);
    const out = await strided(16, 16, 64)(uniform, maskedBatch(1, 64), samplerRandom(2));
    const windows = [0, 16, 32, 48].map((at) => out.subarray(at, at + 16).join());
    expect(new Set(windows).size).toBe(4);
  });
});

it("a row is refused beforehand where its sampler refuses it in one of the windows", async () => {
  const denoise: Denoise = async (ids) => new Float64Array(4 * ids.length);
  const sampler = stridedSampler(blockByBlockSampler);
  const own = { temperature: 1, topP: 1, schedule: "uniform" as const, blockLength: 2 };
  const ways = { window: 5, stride: 3, calls: 5 };
  const outcomes: string[] = [];
  for (let kept = 0; kept < 2 ** 9; kept++) {
    const ids = Uint8Array.from({ length: 9 }, (_, i) => ((kept >> i) & 1 ? 2 : MASK_ID));
    const made = sampler(
      denoise,
      { batch: 1, length: 9, samples: [0], ids },
      { ...ways, optionsFor: (calls) => ({ ...own, calls }) },
      samplerRandom(2),
    );
    const filled = await made.then(
      () => "filled",
      (error: Error) => error.message,
    );
    let checked = "filled";
    try {
      checkStrided(ids, ways, (window, calls) => blockShares(window, { blockLength: 2, calls }));
    } catch (error) {
      checked = (error as SamplingError).message;
    }
    expect(checked, String(ids)).toBe(filled);
    outcomes.push(filled);
  }
  const seen = [/^filled/, /nothing kept in a block/, /call a block/];
  expect(seen.map((way) => outcomes.some((outcome) => way.test(outcome)))).toEqual([
    ...[true, true, true],
  ]);
});

it("rows of a Markov source keep its transitions across the borders of windows", async () => {
  const [rows, length] = [400, 24];
  const sampler = strided(8, 4, length);
  const out = await sampler(exactDenoise(SOURCE), maskedBatch(rows, length), samplerRandom(9));
  for (const border of [7, 11, 15, 19]) {
    const counts = new Map<string, number>();
    const froms = new Map<number, number>();
    for (let row = 0; row < rows; row++) {
      const from = out[row * length + border] as number;
      const to = out[row * length + border + 1] as number;
      counts.set(`${from}${to}`, (counts.get(`${from}${to}`) ?? 0) + 1);
      froms.set(from, (froms.get(from) ?? 0) + 1);
    }
    let statistic = 0;
    for (const [from, total] of froms) {
      for (const [to, p] of (SOURCE.transition[from] as readonly number[]).entries())
        statistic += ((counts.get(`${from}${to}`) ?? 0) - total * p) ** 2 / (total * p);
    }
    expect(statistic, `after position ${border}`).toBeLessThan(32.91); // scipy.stats.chi2.ppf(0.999, 12)
  }
  expect(out.includes(MASK_ID)).toBe(false);
});
