/** Leaning a prediction towards some bases. */

import { baseMass, setBaseMass } from "../diffusion/base-mass.ts";
import type { Logits } from "../diffusion/subs.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";

/**
 * Adds to the logits of the four bases of a row and shifts them to the mass that they had: which base is leant, whether
 * there is one, or when, is not.
 *
 * @param logits [rows, columns], changed in place
 * @param tilt nats by base
 */
export function tiltBases(
  logits: Logits,
  row: number,
  columns: number,
  tilt: (base: number) => number,
): void {
  const mass = baseMass(logits, row, columns);
  for (let base = 0; base < BASE_COUNT; base++) {
    const i = row * columns + base;
    logits[i] = (logits[i] as number) + tilt(base);
  }
  setBaseMass(logits, row, columns, mass);
}
