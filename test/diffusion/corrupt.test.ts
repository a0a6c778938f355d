import { expect, it } from "vitest";
import { corrupt } from "../../src/diffusion/corrupt.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { MIN_TIME, trainingTime } from "../../src/diffusion/training-time.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";

it("masks the share of bases that the schedule says, within four standard errors of 100,000 draws", () => {
  const random = addressedRandom(11, "corruption");
  for (const t of [0.05, 0.5, 0.9]) {
    const p = noiseSchedule("cosine").maskProbability(t);
    let masked = 0;
    for (let example = 0; example < 100; example++) {
      masked += corrupt(new Uint8Array(1000), p, random, example).filter(
        (id) => id === MASK_ID,
      ).length;
    }
    expect(Math.abs(masked / 1e5 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 1e5));
  }
});

it("never masks N, and copies what it does not mask", () => {
  const x0 = Uint8Array.of(0, N_ID, 1, N_ID, 2, 3);
  expect([...corrupt(x0, 1, addressedRandom(1, "corruption"), 0)]).toEqual([
    5,
    N_ID,
    5,
    N_ID,
    5,
    5,
  ]);
  expect([...corrupt(x0, 0, addressedRandom(1, "corruption"), 0)]).toEqual([...x0]);
});

it("draws by example and position, whatever came before", () => {
  const x0 = new Uint8Array(50);
  const fresh = corrupt(x0, 0.5, addressedRandom(3, "corruption"), 7);
  const random = addressedRandom(3, "corruption");
  corrupt(x0, 0.5, random, 6);
  expect(corrupt(x0, 0.5, random, 7)).toEqual(fresh);
  expect(corrupt(x0, 0.5, random, 8)).not.toEqual(fresh);
});

it("puts one training time into each stratum of the global batch, above the least time", () => {
  const random = addressedRandom(5, "trainingTime");
  const times = Array.from({ length: 16 }, (_, i) => trainingTime(random, 32 + i, 16));
  for (const [stratum, t] of times.entries()) {
    const u = (t - MIN_TIME) / (1 - MIN_TIME);
    expect(u).toBeGreaterThanOrEqual(stratum / 16);
    expect(u).toBeLessThan((stratum + 1) / 16);
  }
});
