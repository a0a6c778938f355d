/** Rows without a base, for samplers that are measured, and what they made of them. */

import type { SamplerBatch } from "../../src/sampling/sampler.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";

/** `batch` rows, all masked; `first` is the number of the first sample. */
export function maskedRows(batch: number, length: number, first: number): SamplerBatch {
  const samples = Array.from({ length: batch }, (_, row) => first + row);
  return { batch, length, ids: new Uint8Array(batch * length).fill(MASK_ID), samples };
}

/** Samples `count` rows, as many at once as `size`, numbered from `first` on; returns ids [length] each. */
export async function sampledRows(
  { count, size, length, first }: SampledCount,
  fill: (batch: SamplerBatch) => Promise<Uint8Array>,
): Promise<Uint8Array[]> {
  const made: Uint8Array[] = [];
  for (let done = 0; done < count; done += size) {
    const batch = Math.min(size, count - done);
    const filled = await fill(maskedRows(batch, length, first + done));
    for (let row = 0; row < batch; row++)
      made.push(filled.subarray(row * length, (row + 1) * length));
  }
  return made;
}

interface SampledCount {
  readonly count: number;
  readonly size: number;
  readonly length: number;
  readonly first: number;
}
