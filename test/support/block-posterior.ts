/** The exact denoiser of blocks under a Markov source: each block from what is left of it and from the clean bases before it. */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { exactLogits, type MarkovSource } from "./markov-source.ts";

/** Where no clean rows are given, the rows themselves are taken for them, as samplers do whose blocks before are finished. */
export function exactBlockDenoise(source: MarkovSource, blockLength: number): Denoise {
  return async (ids, { batch, length, clean = ids }) => {
    const logits = new Float64Array(batch * length * 4);
    for (let row = 0; row < batch; row++) {
      for (let begin = 0; begin < length; begin += blockLength) {
        const end = Math.min(length, begin + blockLength);
        const seen = new Uint8Array(end).fill(MASK_ID);
        seen.set(clean.subarray(row * length, row * length + begin));
        seen.set(ids.subarray(row * length + begin, row * length + end), begin);
        // Blocks before are whole, or nothing is asked of this one.
        const own = exactLogits(source, seen).subarray(4 * begin);
        logits.set(own, 4 * (row * length + begin));
      }
    }
    return logits;
  };
}
