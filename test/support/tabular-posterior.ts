/** The exact classifier of sequences under the table of tabular-law.ts, masked bases and all, by adding up sequences. */

import type { ClassLogProbabilities } from "../../src/sampling/classifier-guidance.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { allSequences } from "./markov-source.ts";
import { tabularLaw } from "./tabular-law.ts";

export const CLASSES = 3;
const SEQUENCES = [...allSequences(3)];
export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** p(y | x) of whole sequences: weights 1 … 88 by powers of 3 modulo 89, without any structure. */
const POSTERIORS = new Map(
  SEQUENCES.map((sequence, i) => {
    const weights = Array.from({ length: CLASSES }, (_, label) => {
      let weight = 1;
      for (let k = 0; k <= i * CLASSES + label; k++) weight = (weight * 3) % 89;
      return weight;
    });
    return [sequence.join(), weights.map((weight) => weight / sum(weights))] as const;
  }),
);

export const posterior = (sequence: Uint8Array, label: number): number =>
  POSTERIORS.get(sequence.join())?.[label] as number;

export const agreeing = (row: Uint8Array): Uint8Array[] =>
  SEQUENCES.filter((sequence) => row.every((id, i) => id === MASK_ID || id === sequence[i]));

/** p(y | z) of a row with masked bases: the share of y in all sequences that agree with it. */
export function noisedPosterior(row: Uint8Array, label: number): number {
  const whole = agreeing(row);
  const joint = whole.map((sequence) => tabularLaw(sequence) * posterior(sequence, label));
  return sum(joint) / sum(whole.map(tabularLaw));
}

const known = new Map<string, Float64Array>();

function logPosteriors(row: Uint8Array): Float64Array {
  const key = row.join();
  const values =
    known.get(key) ??
    Float64Array.from({ length: CLASSES }, (_, label) => Math.log(noisedPosterior(row, label)));
  known.set(key, values);
  return values;
}

/** The exact classifier of masked rows, and the rows of each of its calls. */
export function classifier(): { classify: ClassLogProbabilities; calls: number[] } {
  const calls: number[] = [];
  return {
    calls,
    async classify(ids, { batch, length }) {
      calls.push(batch);
      const out = new Float64Array(batch * CLASSES);
      for (let row = 0; row < batch; row++) {
        out.set(logPosteriors(ids.subarray(row * length, (row + 1) * length)), row * CLASSES);
      }
      return out;
    },
  };
}
