/** Weights and batches of the transformer's measurements: the same bytes for every program. */

import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import type { DenoiserConfig } from "../../src/model/denoiser-config.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { BASE_COUNT } from "../../src/tokens/alphabet.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import type { MicroBatch } from "../../src/train/micro-batch.ts";
import { stepBatches } from "../../src/train/training-batches.ts";
import { type BenchSettings, SEED } from "../settings.ts";
import { inputArray } from "./workload.ts";

const WEIGHT = "weights/";

/**
 * Returns the weights as `weights/<name>`, and `x0`, `xt` and `weight`, each [warmup + steps, batch, length]: clean ids,
 * what the network sees, and 1/t at masked positions. The head is not zero as at the start of training, for then the
 * first gradients of all other weights would be, and AdamW would make updates of rounding errors.
 */
export async function modelInputs(settings: BenchSettings): Promise<NamedArrays> {
  const arrays = initDenoiser(settings, SEED);
  const weights = Object.entries(arrays).map(
    ([name, array]) =>
      [`${WEIGHT}${name}`, name === "head.weight" ? randomHead(array, settings) : array] as const,
  );
  return { ...Object.fromEntries(weights), ...(await batchArrays(settings)) };
}

function randomHead({ shape, data }: NamedArrays[string], { width }: DenoiserConfig) {
  const random = addressedRandom(SEED, "parameters");
  const bound = 1 / Math.sqrt(width);
  const place = 2 ** 20; // beyond the places that initDenoiser draws from
  return { shape, data: data.map((_, i) => (2 * random.uniform(place, 0, i) - 1) * bound) };
}

async function batchArrays({ batch, length, warmup, steps }: BenchSettings): Promise<NamedArrays> {
  const count = warmup + steps;
  const shape = [count, batch, length];
  const size = batch * length;
  const [x0, xt, weight] = [0, 1, 2].map(() => new Float32Array(count * size)) as Three;
  const objective = mdlm(noiseSchedule("loglinear"));
  const options = { batchSize: batch, accumulate: 1, length };
  const bases = addressedRandom(SEED, "window");
  const source = async (index: number): Promise<Uint8Array> =>
    Uint8Array.from({ length }, (_, i) => bases.integer(BASE_COUNT, index, 0, i));
  for (let step = 0; step < count; step++) {
    const made = await stepBatches(step, options, source, objective, SEED, singleProcess());
    const [micro] = made.microBatches as readonly [MicroBatch];
    x0.set(micro.x0, step * size);
    xt.set(micro.xt, step * size);
    weight.set(micro.weight, step * size);
  }
  return { x0: { shape, data: x0 }, xt: { shape, data: xt }, weight: { shape, data: weight } };
}

type Three = [Float32Array, Float32Array, Float32Array];

/** The network's weights under their own names. */
export function weightsOf(inputs: NamedArrays): NamedArrays {
  const weights = Object.entries(inputs).filter(([name]) => name.startsWith(WEIGHT));
  return Object.fromEntries(weights.map(([name, array]) => [name.slice(WEIGHT.length), array]));
}

/** The batch of step `index`. */
export function batchOf(inputs: NamedArrays, index: number): MicroBatch {
  const x0 = inputArray(inputs, "x0");
  const [, batch, length] = x0.shape as [number, number, number];
  const size = batch * length;
  const part = (name: string): Float32Array =>
    inputArray(inputs, name).data.slice(index * size, (index + 1) * size);
  return {
    batch,
    length,
    x0: Uint8Array.from(part("x0")),
    xt: Uint8Array.from(part("xt")),
    weight: part("weight"),
    bases: size,
  };
}
