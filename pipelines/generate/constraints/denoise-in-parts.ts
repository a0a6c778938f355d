import type { Denoise } from "../../../src/diffusion/denoise.ts";
import { BASE_COUNT } from "../../../src/tokens/alphabet.ts";

/** Returns a denoiser that evaluates at most `most` rows at a time; each row depends on itself alone. */
export function denoiseInParts(denoise: Denoise, most: number): Denoise {
  return async (ids, shape) => {
    const { batch, length, labels, lengths } = shape;
    if (batch <= most) return denoise(ids, shape);
    const logits = new Float64Array(batch * length * BASE_COUNT);
    for (let row = 0; row < batch; row += most) {
      const end = Math.min(batch, row + most);
      const part = await denoise(ids.subarray(row * length, end * length), {
        ...{ batch: end - row, length },
        ...(labels === undefined ? {} : { labels: labels.slice(row, end) }),
        ...(lengths === undefined ? {} : { lengths: lengths.slice(row, end) }),
      });
      logits.set(part, row * length * BASE_COUNT);
    }
    return logits;
  };
}
