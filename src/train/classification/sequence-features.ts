/** What a backbone says of sequences: the numbers that a head or another program goes on from. */

import { backbone } from "../../model/backbone.ts";
import { pooledFeatures } from "../../model/classifier.ts";
import type { DenoiserConfig } from "../../model/denoiser-config.ts";
import type { ParamTree } from "../../tensor/params.ts";
import { tf } from "../../tensor/tf.ts";
import { reverseComplementIds } from "../../tokens/complement.ts";
import { rowTensors } from "./classification-loss.ts";
import { padRows } from "./padded-rows.ts";

export interface FeatureOptions {
  /** Whether every base has a row, instead of every sequence. */
  readonly isPerBase: boolean;
  /** Places of the sequences of each batch; every sequence in one. */
  readonly batches: readonly (readonly number[])[];
  /** Whether features are the means of both strands, those of a base at the base itself. */
  readonly isBothStrands: boolean;
  /** Called before each batch; a promise that rejects ends the pass. */
  readonly turn: (done: number) => Promise<void>;
}

/**
 * Returns features [sequences, width], the means over each one's positions, or [bases of all, width] in the order of the
 * sequences.
 *
 * @param sequences token ids
 */
export async function sequenceFeatures(
  params: ParamTree,
  config: DenoiserConfig,
  sequences: readonly Uint8Array[],
  { isPerBase, batches, isBothStrands, turn }: FeatureOptions,
): Promise<Float32Array> {
  const { width } = config;
  const starts = rowStarts(sequences, isPerBase);
  const features = new Float32Array((starts.at(-1) as number) * width);
  let done = 0;
  for (const batch of batches) {
    await turn(done);
    const forward = batch.map((place) => sequences[place] as Uint8Array);
    const pass = (rows: readonly Uint8Array[]): Promise<Float32Array> =>
      valuesOf(() => {
        const tensors = rowTensors(padRows(rows));
        return isPerBase
          ? backbone(params, config, tensors.ids, tensors.lengths)
          : pooledFeatures(params, config, tensors);
      });
    const [ahead, back] = [
      await pass(forward),
      isBothStrands ? await pass(forward.map(reverseComplementIds)) : undefined,
    ];
    const longest = isPerBase ? forward.reduce((most, { length }) => Math.max(most, length), 0) : 1;
    for (const [row, place] of batch.entries()) {
      const count = isPerBase ? (forward[row] as Uint8Array).length : 1;
      const first = row * longest;
      const out = (starts[place] as number) * width;
      for (let i = 0; i < count; i++) {
        const mirrored = count - 1 - i;
        for (let j = 0; j < width; j++) {
          const value = ahead[(first + i) * width + j] as number;
          const other = back?.[(first + mirrored) * width + j];
          features[out + i * width + j] = other === undefined ? value : (value + other) / 2;
        }
      }
    }
    done += batch.length;
  }
  return features;
}

/** The first row of each sequence, and the number of all rows. */
function rowStarts(sequences: readonly Uint8Array[], isPerBase: boolean): number[] {
  const starts = [0];
  for (const { length } of sequences) {
    starts.push((starts.at(-1) as number) + (isPerBase ? length : 1));
  }
  return starts;
}

async function valuesOf(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
