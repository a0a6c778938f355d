/** Samples of a run's model, by method and number of calls, beside windows that it was not trained on. */

import { chooseMethod } from "../../pipelines/generate/check-method.ts";
import { METHODS } from "../../pipelines/generate/methods.ts";
import { generateConfig } from "../../pipelines/generate/options.ts";
import { loadRun } from "../../pipelines/load-run.ts";
import { objectiveOf } from "../../pipelines/objective-of.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { dealArms } from "../../src/compare/arms.ts";
import type { Compared } from "../../src/compare/compare-arms.ts";
import { compareComposition } from "../../src/compare/composition.ts";
import { compareDiscriminator } from "../../src/compare/discriminator.ts";
import type { Figure, MeasureResult } from "../../src/compare/figure.ts";
import { compareKmers } from "../../src/compare/kmer-measures.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { samplerRandom } from "../../src/sampling/sampler-random.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { sampledRows } from "./masked-rows.ts";
import { runWindows, type Split } from "./run-windows.ts";
import type { Variant } from "./variants.ts";

export interface RealSettings {
  readonly run: string;
  /** Whose windows the samples are compared with. */
  readonly reference: Split;
  /** Samples of each method at each number of calls; twice as many windows are the reference. */
  readonly sequences: number;
  readonly calls: readonly number[];
  readonly variants: readonly Variant[];
  readonly seed: number;
}

/** One method at one number of calls, or windows of the other split in place of samples. */
export interface RealRow {
  readonly name: string;
  /** Absent of real windows. */
  readonly calls?: number;
  /** Rows that the network computed, a sequence; absent of real windows. */
  readonly networkRows?: number;
  /** Jensen–Shannon divergence of 6-mers, bits. */
  readonly divergence: Compared;
  /** Of logistic regression on 6-mers. */
  readonly auroc: Compared;
  readonly gc: Compared;
}

const REPLICATES = 200;

/**
 * Samples and measures each row in turn; `found` is told of it at once. The first are windows of the split that is not the reference:
 * splits are regions, which differ, and samples of the law of one come no nearer to the other than they do.
 */
export async function realRows(
  { run: folder, reference: split, sequences, calls, variants, seed }: RealSettings,
  found: (row: RealRow) => void,
): Promise<void> {
  const run = await loadRun(folder);
  const { length } = run.config.data;
  const reference = await runWindows(folder, run.config, split, 2 * sequences);
  const other = split === "test" ? "train" : "test";
  const windows = await runWindows(folder, run.config, other, sequences);
  found({ name: `windows of ${other}`, ...measured(windows, reference, seed) });
  await selectBackend("auto");
  const params = paramsFromArrays(run.weights);
  const random = samplerRandom(seed);
  const objective = objectiveOf(run.config);
  const samplers = samplersOf(objective.name);
  let rows = 0;
  const network = networkDenoise(params, run.config.model);
  const denoise: Denoise = (ids, shape) => {
    rows += shape.batch;
    return network(ids, shape);
  };
  try {
    for (const { name, sample } of variants) {
      const config = chooseMethod(generateConfig({ run: folder, sample }), objective).sample;
      const method = METHODS[config.method];
      const sampler = method.bind(samplers, config, { window: length });
      for (const count of method.takesCalls ? calls : [length]) {
        rows = 0;
        const made = await sampledRows(
          { count: sequences, size: config.batchSize, length, first: 0 },
          (batch) => sampler(denoise, batch, count, random),
        );
        const networkRows = rows / sequences;
        found({ name, calls: count, networkRows, ...measured(made, reference, seed) });
      }
    }
  } finally {
    disposeParams(params);
  }
}

function measured(
  made: readonly Uint8Array[],
  reference: readonly Uint8Array[],
  seed: number,
): Pick<RealRow, "divergence" | "auroc" | "gc"> {
  const arms = dealArms(made, reference, seed);
  const options = { seed, replicates: REPLICATES };
  const { spectrum } = compareKmers(arms, options);
  return {
    divergence: figureOf(spectrum, "divergence-6"),
    auroc: figureOf(compareDiscriminator(arms, options), "auroc"),
    gc: figureOf(compareComposition(arms, options), "gc-mean"),
  };
}

function figureOf(result: MeasureResult | undefined, name: string): Figure {
  const found = result?.figures.find((figure) => figure.name === name);
  if (found === undefined) throw new RangeError(`internal: expected a figure ${name}, got none`);
  return found;
}
