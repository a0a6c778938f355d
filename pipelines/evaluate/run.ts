/** `gdiff evaluate`: bits per base of a trained run, beside models without a network. */

import type { Precision } from "../../src/backends/precision.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { mergeIntervals } from "../../src/data/splits.ts";
import { checkTablePath, writeTable } from "../../src/data/table/write-table.ts";
import { spreadTiles, tileCount } from "../../src/data/tiles.ts";
import type { LikelihoodEstimator } from "../../src/diffusion/likelihood-estimator.ts";
import { OBJECTIVE_NAMES } from "../../src/diffusion/objective.ts";
import { ConfigError, RegionError, RunFolderError } from "../../src/errors.ts";
import type { Genome } from "../../src/genome/genome.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { parseRegionList } from "../../src/genome/region.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import type { PipelineIo } from "../io.ts";
import { type LoadedRun, loadRun } from "../load-run.ts";
import { objectiveOf } from "../objective-of.ts";
import type { RunData } from "../open-data.ts";
import { openNamedGenome } from "../open-named-genome.ts";
import { openRunData } from "../open-run-data.ts";
import { dataDigest } from "../pretrain/data-digest.ts";
import { turn, withTurns } from "../stop.ts";
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
  /** What products rounded their operands to. */
  readonly precision: Precision;
  /** The split or the regions that were scored. */
  readonly what: string;
  readonly strand: LikelihoodEstimator["strand"];
  /** Whether the model's number is −log p itself or a bound above it. */
  readonly likelihood: LikelihoodEstimator["kind"];
  /** Steps of the process whose bound it is; absent where time is continuous or there is none. */
  readonly timeSteps?: number;
  /** What has to be known of the number of a run that was trained for something else. */
  readonly caveat?: string;
  /** Bases of a window. */
  readonly length: number;
  /** Monte Carlo draws a window, of a bound. */
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
 * @throws {RunFolderError} when the run's genome is not what it was trained on any more
 * @throws the reason of `io.signal` when it aborts; nothing is written then
 */
export async function runEvaluate(
  config: EvaluateConfig,
  io: PipelineIo,
): Promise<EvaluateSummary> {
  for (const path of config.table ?? []) await checkTablePath(path);
  const run = await loadRun(config.run);
  const own = await openRunData(config.run, run.config, io);
  try {
    await expectRunData(run, own, config.run);
    const scored = await openScored(config, own, io);
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

/** @throws {RunFolderError} when the genome is not what the run was trained on any more: its splits mean other bases */
async function expectRunData(
  { dataDigest: trained }: LoadedRun,
  own: RunData,
  run: string,
): Promise<void> {
  if ((await dataDigest(own)) === trained) return;
  throw new RunFolderError(
    `expected ${own.genome.name} as ${run} was trained on it, got other contigs, regions or bases ` +
      "(bring the file back as it was)",
  );
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
  io: PipelineIo,
): Promise<ScoredPart> {
  if (fasta === undefined) {
    const intervals =
      region === undefined
        ? own.splits[split]
        : parseRegionList(region, own.genome.contigs, own.aliases);
    return {
      genome: own.genome,
      intervals: mergeIntervals(intervals),
      what:
        region === undefined
          ? `the ${split} split of ${own.genome.name}`
          : `${region} of ${own.genome.name}`,
      notices: [],
      close: async () => {},
    };
  }
  const { genome, aliases, notices } = await openNamedGenome({ fasta }, io);
  const whole = genome.contigs.map(({ name, length }) => ({ contig: name, start: 0, end: length }));
  const intervals = region === undefined ? whole : parseRegionList(region, genome.contigs, aliases);
  return {
    genome,
    intervals: mergeIntervals(intervals),
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
  const { windows: count, uncoveredBases } = tileCount(part.intervals, length);
  if (count === 0) {
    throw new RegionError(
      `expected a window of ${length} bases in ${part.what}, got none: give longer regions`,
    );
  }
  const chosen = spreadTiles(part.intervals, length, config.windows ?? count);
  const likelihood = likelihoodOf(run, config);
  const backend = await selectBackend(config.backend, config);
  io.stderr(backend.notice);
  io.stderr("counting the baselines");
  const letSignalsIn = (): Promise<void> => turn(io.signal);
  const { baselines, notices } = await contextBaselines(own.genome, own.splits, letSignalsIn);
  for (const notice of notices) io.stderr(notice);
  const params = paramsFromArrays(run.weights);
  const scored: ScoredWindow[] = [];
  try {
    const denoise = networkDenoise(params, run.config.model);
    const windows = scoreWindows(part.genome, chosen, withTurns(denoise, letSignalsIn), baselines, {
      ...config,
      likelihood,
    });
    for await (const window of windows) {
      scored.push(window);
      io.progress.update(scored.length, chosen.length, "windows scored");
    }
  } finally {
    io.progress.finish();
    disposeParams(params);
  }
  const scores = expectBases(summarise(scored, baselines), part.what);
  const summary: EvaluateSummary = {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    backend: backend.name,
    precision: backend.precision,
    what: part.what,
    strand: likelihood.strand,
    likelihood: likelihood.kind,
    ...(likelihood.timeSteps === undefined ? {} : { timeSteps: likelihood.timeSteps }),
    ...(likelihood.caveat === undefined ? {} : { caveat: likelihood.caveat }),
    length,
    draws: config.draws,
    seed: config.seed,
    uncoveredBases,
    scores,
    tables: config.table ?? [],
  };
  for (const path of config.table ?? []) {
    await writeTable(path, windowTable(scored, provenance(summary)));
  }
  await io.stdout(`${formatReport(summary).join("\n")}\n`);
  return summary;
}

/** @throws {ConfigError} when discrete time is asked of a run that is not of it */
function likelihoodOf(
  { config }: LoadedRun,
  { timeSteps, run }: EvaluateConfig,
): LikelihoodEstimator {
  if (timeSteps === undefined) return objectiveOf(config).likelihood;
  const { settings, likelihood } = objectiveOf({
    ...config,
    train: { ...config.train, timeSteps },
  });
  if (settings.hasTimeSteps) return likelihood;
  const taken = OBJECTIVE_NAMES.filter((objective) => {
    const other = objectiveOf({ ...config, train: { ...config.train, objective } });
    return other.settings.hasTimeSteps;
  });
  throw new ConfigError(
    `expected --time-steps with a run of ${taken.join(" or ")}, got ${run} of ${config.train.objective} (leave it out)`,
  );
}

function expectBases(scores: ScoreSummary | undefined, what: string): ScoreSummary {
  if (scores !== undefined) return scores;
  throw new RegionError(
    `expected A, C, G or T in ${what}, got windows of N only: give other regions`,
  );
}

function provenance(summary: EvaluateSummary): Record<string, string> {
  const { run, step, checkpointSha256, what, draws, seed, timeSteps } = summary;
  return {
    run,
    step: String(step),
    checkpointSha256,
    what,
    draws: String(draws),
    ...(timeSteps === undefined ? {} : { timeSteps: String(timeSteps) }),
    seed: String(seed),
  };
}
