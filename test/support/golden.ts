/** Numbers of reference implementations: the files of test/golden, whose README has the fields. */

import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { MASK_ID } from "../../src/tokens/alphabet.ts";

export const GOLDEN_NAMES = ["mdlm", "sedd", "discrete-diffusion-guidance", "bd3lms"] as const;

/** [rows, length] */
export type Positions = readonly (readonly number[])[];
/** [rows, length, categories] */
export type Categories = readonly Positions[];

export interface GoldenInputs {
  readonly x0: Positions;
  readonly xt: Positions;
  readonly outputs: Categories;
}

const WORDS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** A file's fields; the caller says which ones it reads. */
export function readGolden<Fields>(name: (typeof GOLDEN_NAMES)[number]): Fields {
  const path = new URL(`../golden/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8"), (_, value) => WORDS[value] ?? value) as Fields;
}

/** MASK of the repositories, the category after the bases. */
export const GOLDEN_MASK = 4;

/** Ids of rows one after another, MASK as gdiff has it. */
export function goldenIds(rows: Positions): Uint8Array {
  return Uint8Array.from(rows.flat(), (id) => (id === GOLDEN_MASK ? MASK_ID : id));
}

/** The columns of the four bases, [rows × length, 4]: what a four-way head has of them. */
export function baseColumns(outputs: Categories): Float64Array {
  return Float64Array.from(outputs.flat().flatMap((position) => position.slice(0, 4)));
}

/** Expects numbers that differ by `relative` of their size at most. */
export function expectNear(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  relative = 1e-12,
): void {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [own, other] = [got[i] as number, expected[i] as number];
    if (Math.abs(own - other) <= relative * Math.abs(other)) continue;
    expect.fail(`number ${i}: got ${own}, the reference has ${other}`);
  }
}
