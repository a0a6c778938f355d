/** A prior over the base at single positions: its logarithms are added to the logits, a product of the two laws. */

import type { Denoise } from "../diffusion/denoise.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import { type PositionMatrix, smoothedProbabilities } from "./position-matrix.ts";
import { tiltBases } from "./tilt-bases.ts";

/** A matrix at a place of the row. */
export interface PlacedMatrix {
  readonly matrix: PositionMatrix;
  /** First position, from 0. */
  readonly start: number;
  /** Times the logarithms count; 1 is the product of both laws, 0 leaves the network's alone. */
  readonly weight: number;
}

/**
 * Returns the sum of the logarithms of all matrices, [length, 4]; 0 where none lies.
 *
 * @throws {RangeError} when one does not lie within the row; callers check user input before
 */
export function positionPrior(length: number, placed: readonly PlacedMatrix[]): Float64Array {
  const prior = new Float64Array(length * BASE_COUNT);
  for (const { matrix, start, weight } of placed) {
    const probabilities = smoothedProbabilities(matrix);
    const first = start * BASE_COUNT;
    if (start < 0 || first + probabilities.length > prior.length) {
      throw new RangeError(
        `internal: expected a matrix within ${length} bases, got it at ${start}`,
      );
    }
    for (const [i, probability] of probabilities.entries()) {
      prior[first + i] = (prior[first + i] as number) + weight * Math.log(probability);
    }
  }
  return prior;
}

/**
 * Returns a denoiser whose logits have a prior added.
 *
 * @param prior [length, 4] nats; rows of any batch must have this length
 */
export function withPositionPrior(denoise: Denoise, prior: Float64Array): Denoise {
  return async (ids, shape) => {
    const logits = await denoise(ids, shape);
    const columns = logits.length / ids.length;
    for (let row = 0; row < ids.length; row++) {
      const at = (row * BASE_COUNT) % prior.length;
      tiltBases(logits, row, columns, (base) => prior[at + base] as number);
    }
    return logits;
  };
}
