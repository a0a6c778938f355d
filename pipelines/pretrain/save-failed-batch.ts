/** The batch of a step whose loss was not finite, kept for a look. */

import { join } from "node:path";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import type { StepBatches } from "../../src/train/training-batches.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";

/** Writes `failed-step-N.json`, one row a window: its global index, clean bases, noisy ones (`?` is MASK), weight. */
export async function saveFailedBatch(
  folder: string,
  step: number,
  batches: StepBatches,
): Promise<string> {
  const rows = batches.microBatches.flatMap(({ batch, length, x0, xt, weight }, micro) =>
    Array.from({ length: batch }, (_, row) => {
      const part = <T extends Uint8Array | Float32Array>(values: T): T =>
        values.subarray(row * length, (row + 1) * length) as T;
      return {
        index: batches.firstIndex + micro * batch + row,
        clean: decodeIds(part(x0)),
        noisy: Array.from(part(xt), (id) =>
          id === MASK_ID ? "?" : decodeIds(Uint8Array.of(id)),
        ).join(""),
        weight: part(weight).reduce((most, value) => Math.max(most, value), 0),
      };
    }),
  );
  const path = join(folder, `failed-step-${step + 1}.json`);
  await writeFileAtomic(
    path,
    new TextEncoder().encode(`${JSON.stringify({ step: step + 1, rows }, undefined, 1)}\n`),
  );
  return path;
}
