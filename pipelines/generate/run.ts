/** `gdiff generate`: new DNA from a trained run, whole or in the gaps of a prompt. */

import type { Precision } from "../../src/backends/precision.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { checkTablePath, writeTable } from "../../src/data/table/write-table.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { formatFastaRecord } from "../../src/genome/format-fasta-record.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import type { SamplerRandom } from "../../src/sampling/sampler.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { formatCount } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { type LoadedRun, loadRun } from "../load-run.ts";
import { objectiveOf } from "../objective-of.ts";
import { turn, withTurns } from "../stop.ts";
import { METHODS, type MethodSampler } from "./methods.ts";
import type { GenerateConfig } from "./options.ts";
import {
  batchRequests,
  fillPrompt,
  promptedRequests,
  readPrompts,
  type SampleRequest,
  unpromptedRequests,
} from "./requests.ts";
import { sampleTable } from "./sample-table.ts";

export interface GeneratedSequence {
  readonly id: string;
  readonly sample: number;
  readonly sequence: string;
  /** Network evaluations asked for. */
  readonly calls: number;
  readonly free: number;
}

/** What was generated; printed under `--json`. */
export interface GenerateSummary {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  readonly backend: string;
  /** What products rounded their operands to. */
  readonly precision: Precision;
  readonly sequences: number;
  readonly bases: number;
  readonly method: string;
  readonly temperature: number;
  readonly seed: number;
  /** FASTA and table, where --out was given. */
  readonly files: readonly string[];
}

/**
 * Generates as `config` says: FASTA to stdout, or to `config.out` with a table beside it.
 *
 * @throws the reason of `io.signal` when it aborts; no file is written then
 */
export async function runGenerate(
  config: GenerateConfig,
  io: PipelineIo,
): Promise<GenerateSummary> {
  if (config.out !== undefined) await checkTablePath(tablePath(config.out));
  const run = await loadRun(config.run);
  const plan = await planRequests(config, run.config.data.length);
  for (const notice of [...run.notices, ...plan.notices]) io.stderr(notice);
  const backend = await selectBackend(config.backend, config.precision);
  io.stderr(backend.notice);
  const params = paramsFromArrays(run.weights);
  const kept: GeneratedSequence[] = []; // for --out; what goes to stdout is not kept
  let sequences = 0;
  let bases = 0;
  try {
    const network = networkDenoise(params, run.config.model);
    const denoise = withTurns(network, () => turn(io.signal));
    const samplers = samplersOf(objectiveOf(run.config).name);
    const sampler = METHODS[config.sample.method].bind(
      samplers,
      config.sample,
      run.config.data.length,
    );
    for (const batch of batchRequests(plan.requests, config.sample.batchSize)) {
      const made = await generateBatch(batch, sampler, denoise, config);
      sequences += made.length;
      bases += made.reduce((sum, { sequence }) => sum + sequence.length, 0);
      if (config.out === undefined) await io.stdout(fasta(made, config, run));
      else kept.push(...made);
      io.progress.update(sequences, plan.count, "sequences");
    }
  } finally {
    io.progress.finish();
    disposeParams(params);
  }
  return {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    backend: backend.name,
    precision: backend.precision,
    sequences,
    bases,
    method: config.sample.method,
    temperature: config.sample.temperature,
    seed: config.seed,
    files: config.out === undefined ? [] : await writeFiles(config.out, kept, config, run),
  };
}

interface RequestPlan {
  readonly requests: Iterable<SampleRequest>;
  readonly count: number;
  readonly notices: readonly string[];
}

async function planRequests(
  { prompt, sample }: GenerateConfig,
  trained: number,
): Promise<RequestPlan> {
  const prompts = prompt === undefined ? undefined : await readPrompts(prompt);
  const longest =
    prompts === undefined
      ? (sample.length ?? trained)
      : prompts.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  const notices =
    longest <= trained
      ? []
      : [
          `warning: ${formatCount(longest)} bases are more than the windows of ${formatCount(trained)} that the run was trained on`,
        ];
  return prompts === undefined
    ? { requests: unpromptedRequests(sample.count, longest), count: sample.count, notices }
    : {
        requests: promptedRequests(prompts, sample.count),
        count: prompts.length * sample.count,
        notices,
      };
}

async function generateBatch(
  batch: readonly SampleRequest[],
  sampler: MethodSampler,
  denoise: Denoise,
  { sample, seed }: GenerateConfig,
): Promise<GeneratedSequence[]> {
  const { ids, free } = batch[0] as SampleRequest;
  const length = ids.length;
  const calls = sample.calls ?? free;
  const rows = new Uint8Array(batch.length * length);
  for (const [row, request] of batch.entries()) rows.set(request.ids, row * length);
  const random: SamplerRandom = {
    order: addressedRandom(seed, "samplerOrder"),
    token: addressedRandom(seed, "samplerToken"),
  };
  const input = {
    batch: batch.length,
    length,
    ids: rows,
    samples: batch.map((request) => request.sample),
  };
  const filled = await sampler(denoise, input, calls, random);
  return batch.map((request, row) => ({
    id: request.id,
    sample: request.sample,
    sequence: fillPrompt(
      request.prompt,
      decodeIds(filled.subarray(row * length, (row + 1) * length)),
    ),
    calls,
    free: request.free,
  }));
}

function fasta(
  sequences: readonly GeneratedSequence[],
  { seed, sample }: GenerateConfig,
  run: LoadedRun,
): string {
  return sequences
    .map(({ id, sequence, calls }) =>
      formatFastaRecord(
        `${id} generated by gdiff seed=${seed} calls=${calls} temperature=${sample.temperature} ` +
          `method=${sample.method} step=${run.step} checkpoint=${run.checkpointSha256.slice(0, 12)}`,
        sequence,
      ),
    )
    .join("");
}

async function writeFiles(
  out: string,
  sequences: readonly GeneratedSequence[],
  config: GenerateConfig,
  run: LoadedRun,
): Promise<string[]> {
  const table = tablePath(out);
  const origin = {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    seed: config.seed,
    method: config.sample.method,
    temperature: config.sample.temperature,
  };
  await writeTable(table, sampleTable(sequences, origin));
  await writeFileAtomic(out, new TextEncoder().encode(fasta(sequences, config, run)));
  return [out, table];
}

/** The table beside a FASTA: its name with .arrow. */
function tablePath(out: string): string {
  return `${out.replace(/\.(fa|fasta|fna)$/i, "")}.arrow`;
}
