/**
 * How much the draws of a bound alone make it vary, under each way of drawing: of one example of training, of the mean of a batch, and of the
 * mean of several draws of a window. Windows are the same throughout, so that nothing varies but masks.
 */

import { loadRun } from "../../pipelines/load-run.ts";
import { objectiveOf } from "../../pipelines/objective-of.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { UsageError } from "../../src/errors.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { mean } from "../../src/stats/mean.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { runWindows } from "../samplers/run-windows.ts";
import { drawLaws, type MaskedDraw, type MaskLaw } from "./draw-laws.ts";

export interface EstimatorSettings {
  readonly run: string;
  /** Windows of the test split, which make a batch. */
  readonly windows: number;
  /** Batches, and means of draws a window. */
  readonly repeats: number;
  /** Draws of a window. */
  readonly draws: readonly number[];
  readonly seed: number;
}

/** A variance with its standard error, (bits per base)². */
export interface Variance {
  readonly value: number;
  readonly standardError: number;
}

export interface EstimatorRow {
  readonly name: string;
  /** Mean over all draws, bits per base. */
  readonly bits: number;
  /** Of an example, its window given. */
  readonly example: Variance;
  /** Of the mean of a batch, times its examples: an example's part in it. */
  readonly batch: Variance;
  /** Of the mean of `draws` draws of a window, times their number. */
  readonly byDraws: readonly { readonly draws: number; readonly variance: Variance }[];
}

export interface EstimatorTable {
  readonly settings: EstimatorSettings;
  /** Bases of a window. */
  readonly length: number;
  readonly rows: readonly EstimatorRow[];
}

/** Rows of one network call. */
const CALL_ROWS = 32;

/** Bits per base of draws, in their order. */
type Score = (draws: readonly MaskedDraw[]) => Promise<number[]>;

/** @throws {UsageError} when the run is none of a network that predicts masked bases */
export async function estimatorTable(
  settings: EstimatorSettings,
  notify: (line: string) => void,
): Promise<EstimatorTable> {
  const { run: folder, windows: count, seed } = settings;
  const run = await loadRun(folder);
  const objective = objectiveOf(run.config);
  if (objective.attention !== "full" || objective.loss !== "cross-entropy") {
    throw new UsageError(
      `expected a run whose network predicts masked bases (mdlm, mlm), got ${folder} of ${objective.name}`,
    );
  }
  const { length } = run.config.data;
  const windows = await runWindows(folder, run.config, "test", count);
  await selectBackend("auto");
  const params = paramsFromArrays(run.weights);
  const denoise = networkDenoise(params, run.config.model);
  const score: Score = async (draws) => {
    const bits: number[] = [];
    for (let done = 0; done < draws.length; done += CALL_ROWS) {
      const part = draws.slice(done, done + CALL_ROWS);
      const ids = Uint8Array.from(part.flatMap(({ input }) => [...input]));
      const logits = await denoise(ids, { batch: part.length, length });
      bits.push(...part.map(({ nats }, i) => nats(logits, i * length) / Math.LN2 / length));
    }
    return bits;
  };
  try {
    const rows: EstimatorRow[] = [];
    for (const law of drawLaws(run.config.train.noise, seed)) {
      rows.push(await estimatorRow(law, windows, settings, score));
      notify(law.name);
    }
    return { settings, length, rows };
  } finally {
    disposeParams(params);
  }
}

async function estimatorRow(
  law: MaskLaw,
  windows: readonly Uint8Array[],
  { repeats, draws: counts }: EstimatorSettings,
  score: Score,
): Promise<EstimatorRow> {
  const { length: batch } = windows;
  const byWindow = windows.map((): number[] => []);
  const batches: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    // Each window has another place in each batch, for places have strata.
    const places = windows.map((_, place) => (place + repeat) % batch);
    const bits = await score(
      places.map((window, place) => law.draw(windows[window] as Uint8Array, repeat, place, batch)),
    );
    for (const [place, window] of places.entries()) {
      (byWindow[window] as number[]).push(bits[place] as number);
    }
    batches.push(mean(bits).value);
  }
  const byDraws: { draws: number; variance: Variance }[] = [];
  for (const draws of counts) {
    const means: number[][] = [];
    for (const [window, x0] of windows.entries()) {
      const made = Array.from({ length: repeats * draws }, (_, i) =>
        law.draw(x0, repeats * (window + 1) + Math.floor(i / draws), i % draws, draws),
      );
      const bits = await score(made);
      means.push(
        Array.from({ length: repeats }, (_, i) => {
          return mean(bits.slice(i * draws, (i + 1) * draws)).value;
        }),
      );
    }
    byDraws.push({ draws, variance: times(draws, meanVariance(means)) });
  }
  return {
    name: law.name,
    bits: mean(batches).value,
    example: meanVariance(byWindow),
    batch: times(batch, ofNormal(batches)),
    byDraws,
  };
}

function variance(values: readonly number[]): number {
  return values.length * (mean(values).standardError ?? 0) ** 2;
}

/** The mean over windows of the variance of each. */
function meanVariance(values: readonly (readonly number[])[]): Variance {
  const { value, standardError = 0 } = mean(values.map(variance));
  return { value, standardError };
}

/** A variance with the error that it has of values that are normal, as means are. */
function ofNormal(values: readonly number[]): Variance {
  const value = variance(values);
  return { value, standardError: value * Math.sqrt(2 / (values.length - 1)) };
}

function times(factor: number, { value, standardError }: Variance): Variance {
  return { value: factor * value, standardError: factor * standardError };
}
