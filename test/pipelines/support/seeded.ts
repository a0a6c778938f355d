import { addressedRandom } from "../../../src/random/addressed.ts";

/** `count` numbers in [0, 1), the same for the same seed. */
export function uniforms(seed: number, count: number): number[] {
  const random = addressedRandom(seed, "window");
  return Array.from({ length: count }, (_, i) => random.uniform(i));
}
