/** Splits from the names in column 4 of a BED: the splits' own (as akita's files have them), or folds (as borzoi's have). */

import { BedError } from "../errors.ts";
import type { BedInterval } from "../genome/bed.ts";
import { SPLIT_NAMES, type SplitName, type Splits } from "./splits.ts";

/** Names of the folds that are held out; all others are trained on. */
export interface HeldOutFolds {
  readonly valid?: readonly string[] | undefined;
  readonly test?: readonly string[] | undefined;
}

/** What borzoi holds out of its fold0 … fold7. */
const FOLD = /^fold\d+$/;
const BORZOI = { valid: ["fold4"], test: ["fold3"] };
/** Names that a message lists. */
const LISTED = 12;

export interface NamedSplits {
  /** Rows in file order; they may overlap. */
  readonly splits: Splits;
  /** The folds that were held out, where column 4 names folds. */
  readonly folds?: Required<{ readonly [K in keyof HeldOutFolds]: readonly string[] }>;
}

/**
 * Sorts rows into splits.
 *
 * Where every name is train, valid or test these are the splits. Else names are folds: those of `held` are held out, and
 * of names such as fold0 borzoi's (valid fold4, test fold3) where `held` says nothing.
 *
 * @param file what messages call the BED
 * @throws {BedError} when a row has no name, or names are neither splits nor the folds asked for
 */
export function bedSplits(
  rows: readonly BedInterval[],
  file: string,
  held: HeldOutFolds,
): NamedSplits {
  const names = [...new Set(rows.map(({ name }) => name))];
  const isOfSplits = names.every((name) => SPLIT_NAMES.some((split) => split === name));
  const areFoldsAsked = held.valid !== undefined || held.test !== undefined;
  if (isOfSplits && !areFoldsAsked) {
    return { splits: sortRows(rows, (name) => name as SplitName) };
  }
  const areFolds = areFoldsAsked
    ? names.every((name) => name !== undefined)
    : names.every((name) => FOLD.test(name ?? ""));
  if (!areFolds) throw noSplit(rows, file, areFoldsAsked);
  const defaults = names.every((name) => FOLD.test(name ?? "")) ? BORZOI : { valid: [], test: [] };
  const folds = { valid: held.valid ?? defaults.valid, test: held.test ?? defaults.test };
  expectFolds(folds, names.filter((name) => name !== undefined).sort(), file);
  const splitOf = (name: string): SplitName =>
    folds.valid.includes(name) ? "valid" : folds.test.includes(name) ? "test" : "train";
  return { splits: sortRows(rows, splitOf), folds };
}

function sortRows(rows: readonly BedInterval[], splitOf: (name: string) => SplitName): Splits {
  const splits: Record<SplitName, BedInterval[]> = { train: [], valid: [], test: [] };
  for (const row of rows) splits[splitOf(row.name as string)].push(row);
  return splits;
}

/** The first row whose name is no split, or is missing where folds are asked for. */
function noSplit(rows: readonly BedInterval[], file: string, areFoldsAsked: boolean): BedError {
  const { contig, start, end, name } = rows.find(
    (row) => row.name === undefined || !(areFoldsAsked || SPLIT_NAMES.some((s) => s === row.name)),
  ) as BedInterval;
  const expected = areFoldsAsked ? "a fold's name" : "train, valid or test";
  const got = name === undefined ? "no column 4" : `"${name}"`;
  const remedy =
    areFoldsAsked || name === undefined ? "" : " (folds are named by --valid-fold and --test-fold)";
  return new BedError(
    `${file}: expected ${expected} in column 4, got ${got} at ${contig}:${start}-${end}${remedy}`,
  );
}

function expectFolds(
  { valid, test }: { readonly valid: readonly string[]; readonly test: readonly string[] },
  names: readonly string[],
  file: string,
): void {
  const listed = names.slice(0, LISTED).join(", ") + (names.length > LISTED ? ", …" : "");
  for (const [flag, folds] of [
    ["--valid-fold", valid],
    ["--test-fold", test],
  ] as const) {
    const missing = folds.find((fold) => !names.includes(fold));
    if (missing === undefined) continue;
    throw new BedError(
      `${file}: expected a fold "${missing}" in column 4, got ${listed} (${flag} names the one you mean)`,
    );
  }
  const both = valid.find((fold) => test.includes(fold));
  if (both === undefined) return;
  throw new BedError(
    `${file}: expected different folds, but ${both} is both valid and test (name them by --valid-fold and --test-fold)`,
  );
}
