/** The windows of a step that failed, as a file keeps them. */

import { decodeIds } from "../../src/tokens/encode.ts";
import type { StepBatches } from "../../src/train/training-batches.ts";
import { type FailedBatch, shownIds } from "../run-folder/failed-step.ts";

/** One row a window: its global index, clean bases, noisy ones (`?` is MASK), weight. */
export function failedBatch({ microBatches, firstIndex }: StepBatches): FailedBatch {
  const rows = microBatches.flatMap(({ batch, length, x0, xt, weight }, micro) =>
    Array.from({ length: batch }, (_, row) => {
      const part = <T extends Uint8Array | Float32Array>(values: T): T =>
        values.subarray(row * length, (row + 1) * length) as T;
      return {
        index: firstIndex + micro * batch + row,
        clean: decodeIds(part(x0)),
        noisy: shownIds(part(xt)),
        weight: part(weight).reduce((most, value) => Math.max(most, value), 0),
      };
    }),
  );
  return { what: "its batch is", content: { rows } };
}
