/** A law over short sequences under uniform noise, by enumeration: what its rows become, and the exact networks. */

import type { Denoise, DenoiseShape } from "../../src/diffusion/denoise.ts";
import { allSequences } from "./markov-source.ts";

/** Probability of a sequence. */
export type Law = (sequence: Uint8Array) => number;

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** q(z | x) of one base, α the probability that it is not redrawn: a row of α I + (1 − α) / 4. */
export const kernel = (x: number, z: number, alpha: number): number =>
  (x === z ? alpha : 0) + (1 - alpha) / 4;

/** q(z | x) of rows, but for position `but`. */
export const rowKernel = (x: Uint8Array, z: Uint8Array, alpha: number, but = -1): number =>
  x.reduce(
    (product, base, i) => product * (i === but ? 1 : kernel(base, z[i] as number, alpha)),
    1,
  );

/** p(x_i = b | z), or where `isLeftOut` p(x_i = b | z without z_i), [4] of one position. */
export function cleanLaw(
  law: Law,
  z: Uint8Array,
  position: number,
  alpha: number,
  isLeftOut: boolean,
): number[] {
  const masses = [0, 0, 0, 0];
  for (const x of allSequences(z.length)) {
    const base = x[position] as number;
    const joint = law(x) * rowKernel(x, z, alpha, isLeftOut ? position : -1);
    masses[base] = (masses[base] as number) + joint;
  }
  return masses.map((mass) => mass / sum(masses));
}

/** A network of the level of a row: [length, 4] outputs of each row that it knows by then. */
function exactNetwork(outputsOf: (row: Uint8Array, alpha: number) => readonly number[]): Denoise {
  const known = new Map<string, readonly number[]>();
  return async (ids: Uint8Array, { batch, length, levels }: DenoiseShape) => {
    const outputs = new Float64Array(ids.length * 4);
    for (let i = 0; i < batch; i++) {
      const row = ids.subarray(i * length, (i + 1) * length);
      const level = levels?.[i];
      if (level === undefined) throw new Error("expected the noise of every row");
      const key = `${row.join()} ${level}`;
      const made = known.get(key) ?? outputsOf(row, Math.exp(-level));
      known.set(key, made);
      outputs.set(made, i * length * 4);
    }
    return outputs;
  };
}

/** The exact network of UDLM: logits of the law of each base given all other positions. */
export const leaveOneOut = (law: Law): Denoise =>
  exactNetwork((row, alpha) =>
    [...row.keys()].flatMap((i) => cleanLaw(law, row, i, alpha, true).map(Math.log)),
  );

/** The exact network of SEDD: ln of p(z with base y at one position) over p(z), p of noised rows by adding up all clean ones. */
export function exactScores(law: Law): Denoise {
  const known = new Map<string, number>();
  const marginal = (row: Uint8Array, alpha: number): number => {
    const key = `${row.join()} ${alpha}`;
    const made =
      known.get(key) ??
      sum([...allSequences(row.length)].map((x) => law(x) * rowKernel(x, row, alpha)));
    known.set(key, made);
    return made;
  };
  return exactNetwork((row, alpha) =>
    [...row.keys()].flatMap((i) =>
      [0, 1, 2, 3].map((y) => Math.log(marginal(row.with(i, y), alpha) / marginal(row, alpha))),
    ),
  );
}
