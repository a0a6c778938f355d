/** `gdiff evaluate`: bits per base of a trained run, beside models without a network. */

import { selectBackend } from "../../src/backends/select-backend.ts";
import { writeTable } from "../../src/data/table/write-table.ts";
import { spreadWindows, tileIntervals } from "../../src/data/tiles.ts";
import { RegionError, StoppedError } from "../../src/errors.ts";
import type { Genome } from "../../src/genome/genome.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { parseRegionList } from "../../src/genome/region.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import type { PipelineIo, StopRequest } from "../io.ts";
import { type LoadedRun, loadRun } from "../load-run.ts";
import { openData, type RunData } from "../open-data.ts";
import { openNamedGenome } from "../open-named-genome.ts";
import { contextBaselines } from "./baselines.ts";
import { formatReport } from "./format-report.ts";
import type { EvaluateConfig } from "./options.ts";
import { type ScoredWindow, scoreWindows } from "./score-windows.ts";
import { type ScoreSummary, summarise } from "./summarise.ts";
import { windowTable } from "./window-table.ts";

/** What an evaluation found; printed under `--json`. */
export interface EvaluateSummary {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  readonly backend: string;
  /** The split or the regions that were scored. */
  readonly what: string;
  /** Bases of a window. */
  readonly length: number;
  readonly draws: number;
  readonly seed: number;
  /** Bases at region ends that fill no window. */
  readonly uncoveredBases: number;
  readonly scores: ScoreSummary;
  /** Tables written. */
  readonly tables: readonly string[];
}

/**
 * Evaluates as `config` says; in text mode the report goes to stdout.
 *
 * @throws {RegionError} when there is no window to score
 */
export async function runEvaluate(
  config: EvaluateConfig,
  io: PipelineIo,
): Promise<EvaluateSummary> {
  const run = await loadRun(config.run);
  const own = await openData(run.config.data);
  try {
    const scored = await openScored(config, own);
    try {
      for (const notice of [...run.notices, ...own.notices, ...scored.notices]) io.stderr(notice);
      return await evaluateOn(config, run, own, scored, io);
    } finally {
      await scored.close();
    }
  } finally {
    await own.genome.close();
  }
}

/** What is scored: the run's split, or regions of it or of another FASTA. */
interface ScoredPart {
  readonly genome: Genome;
  readonly intervals: readonly Interval[];
  readonly what: string;
  readonly notices: readonly string[];
  close(): Promise<void>;
}

async function openScored(
  { fasta, region, split }: EvaluateConfig,
  own: RunData,
): Promise<ScoredPart> {
  if (fasta === undefined) {
    const intervals =
      region === undefined
        ? own.splits[split]
        : parseRegionList(region, own.genome.contigs, own.aliases);
    return {
      genome: own.genome,
      intervals,
      what:
        region === undefined
          ? `the ${split} split of ${own.genome.name}`
          : `${region} of ${own.genome.name}`,
      notices: [],
      close: async () => {},
    };
  }
  const { genome, aliases, notices } = await openNamedGenome({ fasta });
  const whole = genome.contigs.map(({ name, length }) => ({ contig: name, start: 0, end: length }));
  const intervals = region === undefined ? whole : parseRegionList(region, genome.contigs, aliases);
  return {
    genome,
    intervals,
    what: `${region ?? "all"} of ${fasta}`,
    notices,
    close: () => genome.close(),
  };
}

async function evaluateOn(
  config: EvaluateConfig,
  run: LoadedRun,
  own: RunData,
  part: ScoredPart,
  io: PipelineIo,
): Promise<EvaluateSummary> {
  const { length } = run.config.data;
  const { windows, uncoveredBases } = tileIntervals(part.intervals, length);
  const chosen = spreadWindows(windows, config.windows ?? windows.length);
  if (chosen.length === 0) {
    throw new RegionError(
      `expected a window of ${length} bases in ${part.what}, got none: give longer regions`,
    );
  }
  io.stderr("counting the baselines");
  const { baselines, notices } = await contextBaselines(
    own.genome,
    own.splits.train,
    own.splits.valid,
  );
  for (const notice of notices) io.stderr(notice);
  const backend = await selectBackend(config.backend);
  io.stderr(backend.notice);
  const params = paramsFromArrays(run.weights);
  const denoise = networkDenoise(params, run.config.model);
  const scored = await collect(
    scoreWindows(part.genome, chosen, denoise, baselines, config),
    chosen.length,
    io,
  );
  disposeParams(params);
  const scores = expectBases(summarise(scored, baselines), part.what);
  const summary: EvaluateSummary = {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    backend: backend.name,
    what: part.what,
    length,
    draws: config.draws,
    seed: config.seed,
    uncoveredBases,
    scores,
    tables: config.table ?? [],
  };
  for (const path of config.table ?? [])
    await writeTable(path, windowTable(scored, config.draws, provenance(summary)));
  await io.stdout(`${formatReport(summary).join("\n")}\n`);
  return summary;
}

async function collect(
  windows: AsyncIterable<ScoredWindow>,
  count: number,
  io: PipelineIo,
): Promise<ScoredWindow[]> {
  const scored: ScoredWindow[] = [];
  for await (const window of windows) {
    scored.push(window);
    io.progress.update(scored.length, count, "windows scored");
    await new Promise(setImmediate); // lets signals in
    if (io.signal.aborted) {
      const { signal, exitCode } = io.signal.reason as StopRequest;
      throw new StoppedError(
        exitCode,
        `stopped by ${signal} after ${scored.length} of ${count} windows; nothing was written`,
      );
    }
  }
  io.progress.finish();
  return scored;
}

function expectBases(scores: ScoreSummary | undefined, what: string): ScoreSummary {
  if (scores !== undefined) return scores;
  throw new RegionError(
    `expected A, C, G or T in ${what}, got windows of N only: give other regions`,
  );
}

function provenance(summary: EvaluateSummary): Record<string, string> {
  const { run, step, checkpointSha256, what, draws, seed } = summary;
  return {
    run,
    step: String(step),
    checkpointSha256,
    what,
    draws: String(draws),
    seed: String(seed),
  };
}
