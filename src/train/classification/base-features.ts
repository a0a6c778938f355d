/** One vector a base: what a backbone says of each position of sequences. */

import { backbone } from "../../model/backbone.ts";
import type { DenoiserConfig } from "../../model/denoiser-config.ts";
import type { ParamTree } from "../../tensor/params.ts";
import { valuesOf } from "../../tensor/values-of.ts";
import { paddedRows } from "./padded-rows.ts";
import type { FeatureOptions } from "./sequence-features.ts";
import { orientedIds, rowsOnStrand } from "./sequence-rows.ts";

/**
 * Returns features [bases of all, width] in the order of the sequences; of both strands they are the means at the base
 * itself.
 *
 * @param sequences token ids
 */
export async function baseFeatures(
  params: ParamTree,
  config: DenoiserConfig,
  sequences: readonly Uint8Array[],
  { batches, isBothStrands, turn }: FeatureOptions,
): Promise<Float32Array> {
  const { width } = config;
  const starts = [0];
  for (const { length } of sequences) starts.push((starts.at(-1) as number) + length);
  const features = new Float32Array((starts.at(-1) as number) * width);
  let done = 0;
  for (const batch of batches) {
    await turn(done);
    const pass = (isReverse: boolean): Promise<Float32Array> =>
      valuesOf(() => {
        const rows = paddedRows(orientedIds(sequences, rowsOnStrand(batch, isReverse)));
        return backbone(params, config, rows.ids, { lengths: rows.lengths });
      });
    const ahead = await pass(false);
    const back = isBothStrands ? await pass(true) : undefined;
    const rowValues = ahead.length / batch.length;
    for (const [row, place] of batch.entries()) {
      const { length } = sequences[place] as Uint8Array;
      const start = row * rowValues;
      const out = (starts[place] as number) * width;
      if (back === undefined) {
        features.set(ahead.subarray(start, start + length * width), out);
        continue;
      }
      for (let at = 0; at < length; at++) {
        const mirrored = start + (length - 1 - at) * width;
        for (let j = 0; j < width; j++) {
          const value = ahead[start + at * width + j] as number;
          features[out + at * width + j] = (value + (back[mirrored + j] as number)) / 2;
        }
      }
    }
    done += batch.length;
  }
  return features;
}
