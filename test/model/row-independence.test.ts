/** Samples must not depend on the batch size, so the logits of a row may not depend on the rows beside it, bitwise. */

import { describe, expect, it } from "vitest";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { BACKENDS, filled, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const ROWS = 17;

const BACKENDS_WITH_BATCHES = BACKENDS.filter((name) => name !== "cpu"); // which takes a minute

describe.each(BACKENDS_WITH_BATCHES)("rows of a batch on %s", (backend) => {
  it.each([
    { width: 32, heads: 4, length: 24 },
    { width: 12, heads: 2, length: 13 }, // no multiple of any block
    { width: 96, heads: 4, length: 5 },
  ])(
    "width $width, length $length: logits are the same bits in any batch at any place",
    async ({ width, heads, length }) => {
      await useBackend(backend);
      const config = { width, layers: 2, heads };
      const initial = paramsFromArrays(initDenoiser(config, 3));
      const params = { ...initial, "head.weight": filled([4, width]) }; // a head of 0 would hide everything
      const denoise = networkDenoise(params, config);
      const rows = Array.from({ length: ROWS }, (_, row) =>
        randomIds(length, row + 1).map((id, i) => ((i + row) % 3 === 0 ? MASK_ID : id)),
      );
      const logitsOf = (batch: readonly Uint8Array[]): Promise<Float32Array> => {
        const ids = Uint8Array.from(batch.flatMap((row) => [...row]));
        return denoise(ids, { batch: batch.length, length });
      };
      const alone: Float32Array[] = [];
      for (const row of rows) alone.push(await logitsOf([row]));
      expect(new Set(alone.map((logits) => logits.join())).size).toBe(ROWS);

      for (let batch = 2; batch <= ROWS; batch++) {
        const first = (batch * 5) % ROWS; // rows stand at other places in every batch
        const chosen = Array.from({ length: batch }, (_, i) => (first + i) % ROWS);
        const logits = await logitsOf(chosen.map((row) => rows[row] as Uint8Array));
        for (const [i, row] of chosen.entries()) {
          const part = logits.subarray(i * 4 * length, (i + 1) * 4 * length);
          expect(part, `row ${i} of ${batch}`).toEqual(alone[row]);
        }
      }
      disposeParams(initial);
      params["head.weight"].dispose();
    },
  );
});
