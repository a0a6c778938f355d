/** `gdiff generate`: new DNA from a trained run, whole or in the gaps of a prompt. */

import type { Precision } from "../../src/backends/precision.ts";
import { type SelectedBackend, selectBackend } from "../../src/backends/select-backend.ts";
import { checkTablePath, writeTable } from "../../src/data/table/write-table.ts";
import { strandAverage } from "../../src/diffusion/strand-average.ts";
import { StoppedError } from "../../src/errors.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { isOrdered, orderedDenoise } from "../../src/model/ordered-denoise.ts";
import { guidedDenoise } from "../../src/sampling/guidance.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { formatNumberOf } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { type LoadedRun, loadRun } from "../load-run.ts";
import { objectiveOf } from "../objective-of.ts";
import { arithmeticOf } from "../run-folder/arithmetic.ts";
import { stopRequest, turn, withTurns } from "../stop.ts";
import { type ChosenConfig, chooseMethod } from "./check-method.ts";
import { labelOf } from "./class-options.ts";
import { type ClassifierGuide, loadGuide, openGuide } from "./classifier-guide.ts";
import { generateBatch } from "./generate-batch.ts";
import type { GeneratedSequence } from "./generated-sequence.ts";
import { METHODS, type MethodSampler, type SampledModel } from "./methods.ts";
import type { GenerateConfig } from "./options.ts";
import { planRequests, type RequestPlan } from "./plan.ts";
import { type SampleOrigin, sampleFasta, sampleOrigin } from "./provenance.ts";
import { requestDigest } from "./request-digest.ts";
import { batchRequests } from "./requests.ts";
import { sampleTable } from "./sample-table.ts";
import { openUnfinished } from "./unfinished-file.ts";

/** What was generated; printed under `--json`. */
export interface GenerateSummary {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  /** Of what guided, if a classifier did. */
  readonly classifierSha256?: string;
  readonly backend: string;
  /** What products rounded their operands to. */
  readonly precision: Precision;
  readonly sequences: number;
  readonly bases: number;
  readonly method: string;
  readonly temperature: number;
  readonly seed: number;
  /** The method and all that it was told, by the names of the flags. */
  readonly settings: SampleOrigin["settings"];
  /** What the sequences had to be, in one word as their headers say it; absent where they were free. */
  readonly constraints?: string;
  /** FASTA and table, where --out was given. */
  readonly files: readonly string[];
}

/**
 * Generates as `config` says: FASTA to stdout, or to `config.out` with a table beside it, where a generation of the same
 * configuration that was cut is gone on with.
 *
 * @throws {StoppedError} when `io.signal` aborts and there is `config.out`; the same configuration goes on
 * @throws the reason of `io.signal` when it aborts and there is none
 */
export async function runGenerate(asked: GenerateConfig, io: PipelineIo): Promise<GenerateSummary> {
  if (asked.out !== undefined) await checkTablePath(tablePath(asked.out));
  const run = await loadRun(asked.run);
  const config = chooseMethod(asked, objectiveOf(run.config));
  const plan = await planRequests(config, sampledModel(run));
  for (const notice of [...run.notices, ...plan.notices]) io.stderr(notice);
  const label = labelOf(config, run);
  const guide = await loadGuide(config, run);
  for (const notice of guide?.classifier.notices ?? []) io.stderr(notice);
  const backend = await selectBackend(config.backend, config);
  io.stderr(backend.notice);
  const origin = sampleOrigin(config, run, { constraints: plan.constraints, guide });
  const generation = { config, run, label, guide, plan, origin, io };
  const made =
    config.out === undefined
      ? await toStdout(generation)
      : await toFiles(config.out, backend, generation);
  return {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    ...(guide === undefined ? {} : { classifierSha256: guide.classifier.checkpointSha256 }),
    backend: backend.name,
    precision: backend.precision,
    ...made,
    method: config.sample.method,
    temperature: config.sample.temperature,
    seed: config.seed,
    settings: origin.settings,
    ...(origin.constraints === undefined ? {} : { constraints: origin.constraints.named }),
  };
}

/** All that a generation needs. */
interface Generation {
  readonly config: ChosenConfig;
  readonly run: LoadedRun;
  /** Class of all sequences, as the run counts it. */
  readonly label: number | undefined;
  readonly guide: ClassifierGuide | undefined;
  readonly plan: RequestPlan;
  readonly origin: SampleOrigin;
  readonly io: PipelineIo;
}

type Made = Pick<GenerateSummary, "sequences" | "bases" | "files">;

async function toStdout(generation: Generation): Promise<Made> {
  let sequences = 0;
  let bases = 0;
  for await (const batch of generate(generation, 0)) {
    sequences += batch.length;
    bases += basesOf(batch);
    await generation.io.stdout(sampleFasta(batch, generation.origin));
  }
  return { sequences, bases, files: [] };
}

async function toFiles(
  out: string,
  backend: SelectedBackend,
  generation: Generation,
): Promise<Made> {
  const { config, plan, origin, io } = generation;
  const digest = requestDigest(config, origin, plan, arithmeticOf(backend));
  const unfinished = await openUnfinished(out, digest);
  const sequences = [...unfinished.finished];
  const { length: before } = sequences;
  if (before > 0) io.stderr(`going on after ${before} of ${plan.count} sequences`);
  try {
    for await (const batch of generate(generation, before)) {
      await unfinished.append(batch);
      sequences.push(...batch);
    }
  } catch (error) {
    await unfinished.close();
    const stop = stopRequest(io.signal);
    if (stop === undefined || error !== io.signal.reason) throw error;
    throw new StoppedError(
      stop.exitCode,
      `stopped by ${stop.signal} after ${sequences.length} of ${plan.count} sequences, which are in ${unfinished.path}; the same command goes on`,
    );
  }
  const table = tablePath(out);
  await writeTable(table, sampleTable(sequences, origin));
  await writeFileAtomic(out, new TextEncoder().encode(sampleFasta(sequences, origin)));
  await unfinished.remove();
  return { sequences: sequences.length, bases: basesOf(sequences), files: [out, table] };
}

/** Makes the sequences of a plan after the first `done`, a batch at a time. */
async function* generate(
  { config, run, label, guide, plan, io }: Generation,
  done: number,
): AsyncGenerator<GeneratedSequence[]> {
  const params = paramsFromArrays(run.weights);
  const { model } = run.config;
  const takeTurn = (): Promise<void> => turn(io.signal);
  const ordered = isOrdered(model) ? orderedDenoise(params, model) : undefined;
  const open = guide === undefined ? undefined : openGuide(guide, takeTurn);
  try {
    const network = withTurns(networkDenoise(params, model), takeTurn);
    const plain = config.strand === "average" ? strandAverage(network) : network;
    const drawn = ordered === undefined ? plain : withTurns(ordered.denoise, takeTurn);
    const { name, likelihood, process } = objectiveOf(run.config);
    const { guidance = 1 } = config;
    const guided =
      open?.guided(drawn) ?? (process === "uniform" ? drawn : guidedDenoise(drawn, guidance));
    const samplers = samplersOf(name);
    const method = METHODS[config.sample.method];
    const bound = method.bind(samplers, config.sample, sampledModel(run));
    // Under uniform noise the sampler guides, step by step.
    const sampler: MethodSampler =
      process === "uniform"
        ? (denoise, batch, calls, random) => bound(denoise, { ...batch, guidance }, calls, random)
        : bound;
    let count = done;
    let redraws = 0;
    for (const batch of batchRequests(after(plan.requests, done), config.sample.batchSize)) {
      const made = await generateBatch(
        batch,
        sampler,
        { plain, guided, likelihood },
        config,
        label,
      );
      count += made.length;
      redraws += made.reduce((sum, sequence) => sum + (sequence.redraws ?? 0), 0);
      yield made;
      io.progress.update(count, plan.count, "sequences");
    }
    if (redraws > 0) {
      io.stderr(
        `${formatNumberOf(redraws, "sequence")} broke a constraint and made way for others`,
      );
    }
  } finally {
    io.progress.finish();
    disposeParams(params);
    open?.dispose();
    ordered?.dispose();
  }
}

function sampledModel({ config: { data, model } }: LoadedRun): SampledModel {
  const { blockLength } = model;
  return { window: data.length, ...(blockLength === undefined ? {} : { blockLength }) };
}

function* after<T>(items: Iterable<T>, skipped: number): Generator<T> {
  let index = 0;
  for (const item of items) if (index++ >= skipped) yield item;
}

function basesOf(sequences: readonly GeneratedSequence[]): number {
  return sequences.reduce((sum, { sequence }) => sum + sequence.length, 0);
}

/** The table beside a FASTA: its name with .arrow. */
function tablePath(out: string): string {
  return `${out.replace(/\.(fa|fasta|fna)$/i, "")}.arrow`;
}
