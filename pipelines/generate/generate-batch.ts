/** Sequences of one batch: sampled, and scored where asked. */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { guidedDenoise } from "../../src/sampling/guidance.ts";
import type { SamplerRandom } from "../../src/sampling/sampler.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import type { GeneratedSequence, SequenceBound } from "./generated-sequence.ts";
import type { MethodSampler } from "./methods.ts";
import type { GenerateConfig } from "./options.ts";
import { fillPrompt, type SampleRequest } from "./requests.ts";

/**
 * Makes the sequences of `batch`, whose requests have the same ids.
 *
 * @param label class of all of them, as the run counts it
 */
export async function generateBatch(
  batch: readonly SampleRequest[],
  sampler: MethodSampler,
  denoise: Denoise,
  config: GenerateConfig,
  label?: number,
): Promise<GeneratedSequence[]> {
  const { sample, seed, nelbo: draws, guidance = 1 } = config;
  const { ids, free } = batch[0] as SampleRequest;
  const length = ids.length;
  const calls = sample.calls ?? free;
  const rows = new Uint8Array(batch.length * length);
  for (const [row, request] of batch.entries()) rows.set(request.ids, row * length);
  const random: SamplerRandom = {
    order: addressedRandom(seed, "samplerOrder"),
    token: addressedRandom(seed, "samplerToken"),
  };
  const samples = batch.map((request) => request.sample);
  const told = label === undefined ? {} : { labels: samples.map(() => label) };
  const filled = await sampler(
    guidedDenoise(denoise, guidance),
    { batch: batch.length, length, ids: rows, samples, ...told },
    calls,
    random,
  );
  const made = batch.map((_, row) => filled.subarray(row * length, (row + 1) * length));
  const bounds =
    draws === undefined ? [] : await boundsOf(made, samples, denoise, { ...config, draws }, label);
  return batch.map((request, row) => ({
    id: request.id,
    sample: request.sample,
    sequence: fillPrompt(request.prompt, decodeIds(made[row] as Uint8Array)),
    calls,
    free: request.free,
    ...(bounds[row] === undefined ? {} : { nelbo: bounds[row] }),
  }));
}

/** The bound of each sequence, told its class and not guided, whose draws are addressed by its number. */
async function boundsOf(
  made: readonly Uint8Array[],
  samples: readonly number[],
  denoise: Denoise,
  { draws, seed, sample }: GenerateConfig & { readonly draws: number },
  label?: number,
): Promise<SequenceBound[]> {
  const windows = made.map((ids, row) => ({
    index: samples[row] as number,
    ids,
    isSoftMasked: new Uint8Array(ids.length),
    ...(label === undefined ? {} : { label }),
  }));
  const bounds: SequenceBound[] = [];
  const options = { draws, seed, batchSize: sample.batchSize };
  for await (const { nats, standardErrorNats } of windowLikelihoods(denoise, windows, options)) {
    bounds.push({ nats, ...(standardErrorNats === undefined ? {} : { standardErrorNats }) });
  }
  return bounds;
}
