/** A law over all sequences of three bases, given as a table without any structure, with its exact denoiser. */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { allSequences } from "./markov-source.ts";

const LENGTH = 3;
const SEQUENCES = [...allSequences(LENGTH)];

/** Weights 1 … 97 by powers of 5 modulo 97, far from independent over the three positions. */
const WEIGHTS = SEQUENCES.map((_, i) => {
  let weight = 1;
  for (let k = 0; k <= i; k++) weight = (weight * 5) % 97;
  return weight;
});
const TOTAL = WEIGHTS.reduce((sum, weight) => sum + weight, 0);

/** Probability of a sequence. */
export function tabularLaw(sequence: Uint8Array): number {
  const code = sequence.reduce((sum, base) => 4 * sum + base, 0);
  return (WEIGHTS[code] as number) / TOTAL;
}

/** log p(x_i = b | visible), by adding up all sequences that agree with what is visible. */
export const tabularDenoise: Denoise = async (ids, { batch }) => {
  const logits = new Float64Array(batch * LENGTH * 4);
  for (let row = 0; row < batch; row++) {
    const visible = ids.subarray(row * LENGTH, (row + 1) * LENGTH);
    logits.set(logitsOf(visible), row * LENGTH * 4);
  }
  return logits;
};

const known = new Map<string, Float64Array>();

function logitsOf(visible: Uint8Array): Float64Array {
  const key = visible.join();
  const made = known.get(key) ?? addUp(visible);
  known.set(key, made);
  return made;
}

function addUp(visible: Uint8Array): Float64Array {
  const masses = new Float64Array(LENGTH * 4);
  for (const sequence of SEQUENCES) {
    const agrees = visible.every((id, i) => id === MASK_ID || id === sequence[i]);
    if (!agrees) continue;
    for (const [i, base] of sequence.entries()) {
      masses[4 * i + base] = (masses[4 * i + base] as number) + tabularLaw(sequence);
    }
  }
  return masses.map(Math.log);
}
