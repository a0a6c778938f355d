/** One vector a sequence: what a backbone says of it in the mean over its positions, on each strand that is read. */

import { pooledFeatures } from "../../model/classifier.ts";
import type { DenoiserConfig } from "../../model/denoiser-config.ts";
import type { ParamTree } from "../../tensor/params.ts";
import { tf } from "../../tensor/tf.ts";
import { valuesOf } from "../../tensor/values-of.ts";
import { paddedRows } from "./padded-rows.ts";
import { orientedIds, rowsOnStrand, type SequenceRows } from "./sequence-rows.ts";

export interface SequenceFeatures {
  readonly width: number;
  /** [sequences, width] */
  readonly forward: Float32Array;
  /** The same of their reverse complements; absent where none is read. */
  readonly reverse?: Float32Array;
}

export interface FeatureOptions {
  /** Places of the sequences of each batch; every sequence in one. */
  readonly batches: readonly (readonly number[])[];
  readonly isBothStrands: boolean;
  /** Called before each batch with the sequences done; a promise that rejects ends the pass. */
  readonly turn: (done: number) => Promise<void>;
}

/** @param sequences token ids */
export async function sequenceFeatures(
  params: ParamTree,
  config: DenoiserConfig,
  sequences: readonly Uint8Array[],
  { batches, isBothStrands, turn }: FeatureOptions,
): Promise<SequenceFeatures> {
  const { width } = config;
  const forward = new Float32Array(sequences.length * width);
  const reverse = isBothStrands ? new Float32Array(forward.length) : undefined;
  let done = 0;
  for (const batch of batches) {
    await turn(done);
    for (const [isReverse, features] of [
      [false, forward],
      [true, reverse],
    ] as const) {
      if (features === undefined) continue;
      const values = await valuesOf(() => {
        const rows = orientedIds(sequences, rowsOnStrand(batch, isReverse));
        return pooledFeatures(params, config, paddedRows(rows));
      });
      for (const [row, place] of batch.entries()) {
        features.set(values.subarray(row * width, (row + 1) * width), place * width);
      }
    }
    done += batch.length;
  }
  return { width, forward, ...(reverse === undefined ? {} : { reverse }) };
}

/** Bytes of the features of so many sequences. */
export function featureBytes(sequences: number, width: number, isBothStrands: boolean): number {
  return sequences * width * (isBothStrands ? 2 : 1) * Float32Array.BYTES_PER_ELEMENT;
}

/** The features of rows, [batch, width]; a row on the reverse strand needs `reverse`. Runs inside a tidy. */
export function featureRows(
  { width, forward, reverse }: SequenceFeatures,
  { places, isReverse }: SequenceRows,
): tf.Tensor2D {
  const values = new Float32Array(places.length * width);
  for (const [row, place] of places.entries()) {
    const strand = (isReverse[row] ? reverse : forward) as Float32Array;
    values.set(strand.subarray(place * width, (place + 1) * width), row * width);
  }
  return tf.tensor2d(values, [places.length, width]);
}

/** The mean of both strands, [sequences, width]; of one strand alone where the other was not read. */
export function strandMean({ forward, reverse }: SequenceFeatures): Float32Array {
  if (reverse === undefined) return forward;
  return forward.map((value, i) => (value + (reverse[i] as number)) / 2);
}
