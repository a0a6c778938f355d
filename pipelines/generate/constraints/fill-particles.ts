/** A design as one of many particles: sequential Monte Carlo, and one particle drawn by its weight. */

import type { Denoise } from "../../../src/diffusion/denoise.ts";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { designViolations } from "../../../src/sampling/constraints/check-design.ts";
import { drawParticle } from "../../../src/sampling/particle-weights.ts";
import type { RevealSchedule } from "../../../src/sampling/reveal-schedule.ts";
import { samplerRandom } from "../../../src/sampling/sampler-random.ts";
import {
  type ParticleRandom,
  type Potential,
  sequentialMonteCarlo,
} from "../../../src/sampling/sequential-monte-carlo.ts";
import type { OpenDesign } from "./fill-designs.ts";

/** Particles are drawn anew when fewer than half of them would be worth as much, as is usual. */
const RESAMPLE_BELOW = 0.5;

export interface ParticleRequest {
  readonly particles: number;
  readonly potentials: readonly Potential[];
  readonly calls: number;
  readonly schedule: RevealSchedule;
  readonly temperature: number;
  readonly seed: number;
  /** Class of all rows. */
  readonly label: number | undefined;
}

/** Fills one row; [length] ids. */
export async function fillByParticles(
  denoise: Denoise,
  { start, address }: OpenDesign,
  request: ParticleRequest,
): Promise<Uint8Array> {
  const { particles, potentials, label, seed } = request;
  const { length } = start.ids;
  const samples = Array.from({ length: particles }, (_, i) => address * particles + i);
  const ids = new Uint8Array(particles * length);
  for (const row of samples.keys()) ids.set(start.ids, row * length);
  const random: ParticleRandom = {
    ...samplerRandom(seed),
    guess: addressedRandom(seed, "particleGuess"),
    resample: addressedRandom(seed, "particleResample"),
  };
  const potential: Potential = (row) => potentials.reduce((sum, one) => sum + one(row), 0);
  const made = await sequentialMonteCarlo(
    denoise,
    {
      ...{ batch: particles, length, ids, samples },
      constraints: samples.map(() => start.row()),
      ...(label === undefined ? {} : { labels: samples.map(() => label) }),
    },
    potential,
    { ...request, resampleBelow: RESAMPLE_BELOW },
    random,
  );
  const rows = samples.map((_, row) => made.ids.slice(row * length, (row + 1) * length));
  // A row that broke, as rules that are not exact allow, is worth nothing; where all did, it is made anew.
  const weights = made.weights.map((weight, row) =>
    designViolations(start.rules, rows[row] as Uint8Array).length > 0 ? 0 : weight,
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return rows[0] as Uint8Array;
  const uniform = random.resample.uniform(samples[0] as number, request.calls);
  const chosen = drawParticle(
    weights.map((weight) => weight / sum),
    uniform,
  );
  return rows[chosen] as Uint8Array;
}
