/** With both strands averaged, a sequence comes as often as its reverse complement, from a source whose strands differ. */

import { expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { strandAverage } from "../../src/diffusion/strand-average.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { allSequences } from "../support/markov-source.ts";
import { boundSamplers, maskedBatch, samplerRandom } from "../support/sampling/bound-samplers.ts";
import { tabularDenoise } from "../support/tabular-law.ts";

const ROWS = 6000;

/** Σ (n(x) − n(rc x))² / (n(x) + n(rc x)) over the 32 pairs of three bases: chi-square of 32 degrees of freedom. */
async function asymmetry(denoise: Denoise): Promise<number> {
  const sampler = boundSamplers(3)["random-order, uniform"];
  const ids = await sampler?.(denoise, maskedBatch(ROWS, 3), samplerRandom(7));
  const counts = new Map<string, number>();
  for (let row = 0; row < ROWS; row++) {
    const key = ids?.subarray(3 * row, 3 * row + 3).join() ?? "";
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let statistic = 0;
  for (const sequence of allSequences(3)) {
    const own = counts.get(sequence.join()) ?? 0;
    const other = counts.get(reverseComplementIds(sequence).join()) ?? 0;
    if (own + other > 0) statistic += (own - other) ** 2 / (own + other) / 2; // each pair comes twice
  }
  return statistic;
}

it("random order keeps the symmetry of an averaged denoiser", async () => {
  const limit = 62.49; // scipy.stats.chi2.ppf(0.999, 32)
  expect(await asymmetry(strandAverage(tabularDenoise))).toBeLessThan(limit);
  expect(await asymmetry(tabularDenoise)).toBeGreaterThan(5 * limit);
});
