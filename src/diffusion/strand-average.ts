/**
 * Both strands of DNA in one prediction: the mean of the logits that a denoiser has for a base on either strand, as Caduceus-Ph
 * and classifiers here are averaged. It is the normalised product of experts √(p₊ p₋), strand-symmetric by construction:
 * what it says of a reverse complement is the reverse complement of what it says. At a masked position the mass of the bases is the mean of the
 * strands': a mean of logarithms alone has less wherever they differ.
 *
 * With a sampler whose order is exchangeable (random order is, left to right is not) a sequence and its reverse complement are
 * then equally likely.
 */

import { BASE_COUNT, MASK_ID } from "../tokens/alphabet.ts";
import { reverseComplementIds } from "../tokens/complement.ts";
import { baseMass, setBaseMass } from "./base-mass.ts";
import type { Denoise, DenoiseShape } from "./denoise.ts";

/** Returns a denoiser that asks `denoise` for both strands of every row in one call, at twice the cost. */
export function strandAverage(denoise: Denoise): Denoise {
  return async (ids, shape) => {
    const { batch, length } = shape;
    const both = new Uint8Array(2 * ids.length);
    both.set(ids);
    for (let row = 0; row < batch; row++) {
      const start = row * length;
      const end = start + (shape.lengths?.[row] ?? length);
      both.set(reverseComplementIds(ids.subarray(start, end)), ids.length + start);
    }
    const logits = await denoise(both, twice(shape));
    const averaged = logits.slice(0, logits.length / 2);
    const columns = averaged.length / ids.length;
    for (let row = 0; row < batch; row++) {
      const bases = shape.lengths?.[row] ?? length;
      for (let i = 0; i < bases; i++) {
        for (let column = 0; column < columns; column++) {
          const twin = column < BASE_COUNT ? BASE_COUNT - 1 - column : column; // MASK is its own
          const forward = (row * length + i) * columns + column;
          // the mirrored position of the second half
          const mirrored = ((batch + row) * length + bases - 1 - i) * columns + twin;
          averaged[forward] = ((logits[forward] as number) + (logits[mirrored] as number)) / 2;
        }
        const position = row * length + i;
        if (ids[position] !== MASK_ID) continue;
        const opposite = (batch + row) * length + bases - 1 - i;
        const masses = baseMass(logits, position, columns) + baseMass(logits, opposite, columns);
        setBaseMass(averaged, position, columns, masses / 2);
      }
    }
    return averaged;
  };
}

function twice({ batch, length, lengths, labels, levels }: DenoiseShape): DenoiseShape {
  return {
    batch: 2 * batch,
    length,
    ...(lengths === undefined ? {} : { lengths: [...lengths, ...lengths] }),
    ...(labels === undefined ? {} : { labels: [...labels, ...labels] }),
    ...(levels === undefined ? {} : { levels: Float32Array.of(...levels, ...levels) }),
  };
}
