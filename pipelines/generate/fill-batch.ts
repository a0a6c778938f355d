/** Rows of one batch, filled: by the sampler alone, or as designs that keep constraints. */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import type { DesignRow } from "../../src/sampling/constraints/design-row.ts";
import { samplerRandom } from "../../src/sampling/sampler-random.ts";
import { denoiseInParts } from "./constraints/denoise-in-parts.ts";
import { type FilledDesign, fillDesigns, type OpenDesign } from "./constraints/fill-designs.ts";
import { fillByParticles } from "./constraints/fill-particles.ts";
import { softDenoise } from "./constraints/soft-denoise.ts";
import type { MethodSampler } from "./methods.ts";
import type { GenerateConfig } from "./options.ts";
import type { SampleRequest } from "./requests.ts";

/** How rows are filled. */
export interface Filling {
  readonly denoise: Denoise;
  readonly sampler: MethodSampler;
  readonly calls: number;
  readonly config: Pick<GenerateConfig, "sample" | "seed">;
  /** Class of all rows, as the run counts it. */
  readonly label: number | undefined;
}

/** What became of a request; without constraints its ids alone. */
export type FilledRow = Pick<FilledDesign, "ids"> & Partial<FilledDesign>;

/**
 * Fills requests that have the same ids.
 *
 * @throws {SamplingError} when a design broke its constraints too often
 */
export async function fillBatch(
  batch: readonly SampleRequest[],
  filling: Filling,
): Promise<readonly FilledRow[]> {
  const samples = batch.map(({ sample }) => sample);
  const design = batch[0]?.design;
  if (design === undefined) {
    const rows = await fillRows(
      batch.map(({ ids, sample }) => ({ ids, address: sample })),
      filling,
    );
    return rows.map((ids) => ({ ids }));
  }
  const { sample, seed } = filling.config;
  const { asked } = design.inputs;
  const denoise = softDenoise(filling.denoise, design.prior, asked, sample.temperature);
  const fill =
    asked.particles === undefined
      ? bySampler({ ...filling, denoise })
      : byParticles({ ...filling, denoise }, asked.particles, design.inputs.potentials);
  return fillDesigns(design, samples, fill, addressedRandom(seed, "motifPlace"));
}

type Fill = (rows: readonly OpenDesign[]) => Promise<readonly Uint8Array[]>;

function bySampler(filling: Filling): Fill {
  return (rows) =>
    fillRows(
      rows.map(({ start, address }) => ({ ids: start.ids, address, constraint: start.row() })),
      filling,
    );
}

function byParticles(
  { denoise, calls, config, label }: Filling,
  particles: number,
  potentials: Parameters<typeof fillByParticles>[2]["potentials"],
): Fill {
  const { batchSize, temperature, schedule = "uniform" } = config.sample;
  const parts = denoiseInParts(denoise, batchSize);
  const request = {
    ...{ particles, potentials, calls, schedule, temperature, label },
    seed: config.seed,
  };
  return async (rows) => {
    const filled: Uint8Array[] = [];
    for (const row of rows) filled.push(await fillByParticles(parts, row, request));
    return filled;
  };
}

interface Row {
  /** [length] MASK where free */
  readonly ids: Uint8Array;
  readonly address: number;
  readonly constraint?: DesignRow;
}

/** One run of the sampler over rows of one length. */
async function fillRows(
  rows: readonly Row[],
  { denoise, sampler, calls, config, label }: Filling,
): Promise<Uint8Array[]> {
  const length = rows[0]?.ids.length ?? 0;
  const ids = new Uint8Array(rows.length * length);
  for (const [row, { ids: own }] of rows.entries()) ids.set(own, row * length);
  const constraints = rows.flatMap(({ constraint }) => constraint ?? []);
  const filled = await sampler(
    denoise,
    {
      ...{ batch: rows.length, length, ids, samples: rows.map(({ address }) => address) },
      ...(constraints.length === 0 ? {} : { constraints }),
      ...(label === undefined ? {} : { labels: rows.map(() => label) }),
    },
    calls,
    samplerRandom(config.seed),
  );
  return rows.map((_, row) => filled.subarray(row * length, (row + 1) * length));
}
