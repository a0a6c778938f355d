/** Sequences of one batch: sampled, and scored where asked. */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import type { LikelihoodEstimator } from "../../src/diffusion/likelihood-estimator.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import type { ChosenConfig } from "./check-method.ts";
import { callsOf } from "./default-calls.ts";
import { type FilledRow, fillBatch } from "./fill-batch.ts";
import type { GeneratedSequence, SequenceNats } from "./generated-sequence.ts";
import type { MethodSampler } from "./methods.ts";
import { fillPrompt, type SampleRequest } from "./requests.ts";

/** The run's own prediction, how a likelihood follows from it, and the prediction that sequences are drawn from. */
export interface Denoisers {
  readonly plain: Denoise;
  readonly likelihood: LikelihoodEstimator;
  readonly guided: Denoise;
}

/**
 * Makes the sequences of `batch`, whose requests have the same ids.
 *
 * @param label class of all of them, as the run counts it
 */
export async function generateBatch(
  batch: readonly SampleRequest[],
  sampler: MethodSampler,
  denoisers: Denoisers,
  config: ChosenConfig,
  label?: number,
): Promise<GeneratedSequence[]> {
  const { nelbo: draws } = config;
  const [first] = batch as readonly [SampleRequest];
  const free = first.design?.free ?? first.free;
  const calls = callsOf(first, config);
  const filled = await fillBatch(batch, {
    ...{ denoise: denoisers.guided, sampler, calls, config, label },
  });
  const samples = batch.map((request) => request.sample);
  const made = filled.map(({ ids }) => ids);
  const scored =
    draws === undefined ? [] : await natsOf(made, samples, denoisers, { ...config, draws }, label);
  return batch.map((request, row) => {
    const { ids, inserts, redraws } = filled[row] as FilledRow;
    return {
      id: request.id,
      sample: request.sample,
      sequence: fillPrompt(request.prompt, decodeIds(ids)),
      calls,
      free,
      ...(redraws === undefined ? {} : { redraws, inserts }),
      ...(scored[row] === undefined ? {} : { nelbo: scored[row] }),
    };
  });
}

/** −log p of each sequence or its bound, told its class and not guided; draws are addressed by the sequence's number. */
async function natsOf(
  made: readonly Uint8Array[],
  samples: readonly number[],
  { plain, likelihood }: Denoisers,
  { draws, seed, sample }: ChosenConfig & { readonly draws: number },
  label?: number,
): Promise<SequenceNats[]> {
  const windows = made.map((ids, row) => ({
    index: samples[row] as number,
    ids,
    isSoftMasked: new Uint8Array(ids.length),
    ...(label === undefined ? {} : { label }),
  }));
  const scored: SequenceNats[] = [];
  const options = { likelihood, draws, seed, batchSize: sample.batchSize };
  for await (const { nats, standardErrorNats } of windowLikelihoods(plain, windows, options)) {
    scored.push({ nats, ...(standardErrorNats === undefined ? {} : { standardErrorNats }) });
  }
  return scored;
}
