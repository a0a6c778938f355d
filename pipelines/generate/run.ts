/** `gdiff generate`: new DNA from a trained run, whole or in the gaps of a prompt. */

import { selectBackend } from "../../src/backends/select-backend.ts";
import { writeTable } from "../../src/data/table/write-table.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { StoppedError } from "../../src/errors.ts";
import { formatFastaRecord } from "../../src/genome/format-fasta-record.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import type { SamplerRandom } from "../../src/sampling/sampler.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { formatCount } from "../../src/util/format.ts";
import type { PipelineIo, StopRequest } from "../io.ts";
import { type LoadedRun, loadRun } from "../load-run.ts";
import type { GenerateConfig } from "./options.ts";
import {
  batchRequests,
  fillPrompt,
  promptedRequests,
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
  readonly sequences: number;
  readonly bases: number;
  readonly method: string;
  readonly temperature: number;
  readonly seed: number;
  /** FASTA and table, where --out was given. */
  readonly files: readonly string[];
}

/** Generates as `config` says: FASTA to stdout, or to `config.out` with a table beside it. */
export async function runGenerate(
  config: GenerateConfig,
  io: PipelineIo,
): Promise<GenerateSummary> {
  const run = await loadRun(config.run);
  const { length: trained } = run.config.data;
  const requests =
    config.prompt === undefined
      ? unpromptedRequests(config.sample.count, config.sample.length ?? trained)
      : await promptedRequests(config.prompt, config.sample.count);
  for (const notice of run.notices) io.stderr(notice);
  const longest = requests.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  if (longest > trained) {
    io.stderr(
      `warning: ${formatCount(longest)} bases are more than the windows of ${formatCount(trained)} that the run was trained on`,
    );
  }
  const backend = await selectBackend(config.backend);
  io.stderr(backend.notice);
  const params = paramsFromArrays(run.weights);
  const sequences = await generateAll(
    requests,
    networkDenoise(params, run.config.model),
    config,
    io,
    (batch) =>
      config.out === undefined ? io.stdout(fasta(batch, config, run)) : Promise.resolve(),
  );
  disposeParams(params);
  return {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    backend: backend.name,
    sequences: sequences.length,
    bases: sequences.reduce((sum, { sequence }) => sum + sequence.length, 0),
    method: config.sample.method,
    temperature: config.sample.temperature,
    seed: config.seed,
    files: config.out === undefined ? [] : await writeFiles(config.out, sequences, config, run),
  };
}

async function generateAll(
  requests: readonly SampleRequest[],
  denoise: Denoise,
  config: GenerateConfig,
  io: PipelineIo,
  onBatch: (sequences: readonly GeneratedSequence[]) => Promise<void>,
): Promise<GeneratedSequence[]> {
  const done: GeneratedSequence[] = [];
  const interruptible: Denoise = async (ids, shape) => {
    await new Promise(setImmediate); // lets signals in
    if (io.signal.aborted) {
      const { signal, exitCode } = io.signal.reason as StopRequest;
      throw new StoppedError(
        exitCode,
        `stopped by ${signal} after ${done.length} of ${requests.length} sequences`,
      );
    }
    return denoise(ids, shape);
  };
  for (const batch of batchRequests(requests, config.sample.batchSize)) {
    const made = await generateBatch(batch, interruptible, config);
    done.push(...made);
    io.progress.update(done.length, requests.length, "sequences");
    await onBatch(made);
  }
  io.progress.finish();
  return done;
}

async function generateBatch(
  batch: readonly SampleRequest[],
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
  const sampler = samplersOf("mdlm")[sample.method];
  const input = {
    batch: batch.length,
    length,
    ids: rows,
    samples: batch.map((request) => request.sample),
  };
  const filled = await sampler(denoise, input, { calls, temperature: sample.temperature }, random);
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
  const table = `${out.replace(/\.(fa|fasta|fna)$/, "")}.arrow`;
  const metadata = {
    run: config.run,
    step: String(run.step),
    checkpointSha256: run.checkpointSha256,
    seed: String(config.seed),
    method: config.sample.method,
    temperature: String(config.sample.temperature),
  };
  await writeFileAtomic(out, new TextEncoder().encode(fasta(sequences, config, run)));
  await writeTable(table, sampleTable(sequences, metadata));
  return [out, table];
}
