/** Arrays of reproducible numbers. */

import { addressedRandom } from "../../src/random/addressed.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { SEED } from "../settings.ts";

/** Uniform in (−√3, √3), so of mean 0 and variance 1; `place` tells arrays apart. */
export function randomArray(shape: readonly number[], place: number): NamedArrays[string] {
  const random = addressedRandom(SEED, "parameters");
  const size = shape.reduce((product, n) => product * n, 1);
  const bound = Math.sqrt(3);
  const data = Float32Array.from(
    { length: size },
    (_, i) => (2 * random.uniform(place, 1, i) - 1) * bound,
  );
  return { shape, data };
}

/** √(Σ x²) in double precision. */
export function norm(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] as number) ** 2;
  return Math.sqrt(squares);
}
