import { describe, expect, it } from "vitest";
import { bedSplits, type HeldOutFolds } from "../../src/data/bed-splits.ts";
import { BedError } from "../../src/errors.ts";
import type { BedInterval } from "../../src/genome/bed.ts";

/** One row of ten bases a name, `""` for none. */
function rowsOf(...names: string[]): BedInterval[] {
  return names.map((name, i) => ({
    contig: "a",
    start: 10 * i,
    end: 10 * i + 10,
    ...(name === "" ? {} : { name }),
  }));
}

/** Places of the rows in each split, and the folds. */
function sorted(names: string[], held: HeldOutFolds = {}) {
  const { splits, folds } = bedSplits(rowsOf(...names), "a.bed", held);
  const places = (rows: readonly { readonly start: number }[]): number[] =>
    rows.map(({ start }) => start / 10);
  return {
    train: places(splits.train),
    valid: places(splits.valid),
    test: places(splits.test),
    ...(folds === undefined ? {} : { folds }),
  };
}

const EIGHT = Array.from({ length: 8 }, (_, i) => `fold${i}`);

describe("bedSplits", () => {
  it("takes train, valid and test as they are", () => {
    expect(sorted(["train", "test", "train", "valid"])).toEqual({
      train: [0, 2],
      valid: [3],
      test: [1],
    });
    expect(sorted([])).toEqual({ train: [], valid: [], test: [] });
  });

  it("holds borzoi's folds out of fold0, fold1 …", () => {
    expect(sorted(EIGHT)).toEqual({
      train: [0, 1, 2, 5, 6, 7],
      valid: [4],
      test: [3],
      folds: { valid: ["fold4"], test: ["fold3"] },
    });
  });

  it("holds the folds out that are asked for, several of them, the other by default", () => {
    expect(sorted(EIGHT, { valid: ["fold0", "fold1"], test: ["fold7"] })).toEqual({
      train: [2, 3, 4, 5, 6],
      valid: [0, 1],
      test: [7],
      folds: { valid: ["fold0", "fold1"], test: ["fold7"] },
    });
    expect(sorted(EIGHT, { test: ["fold7"] })).toMatchObject({ valid: [4], test: [7] });
  });

  it("takes any names as folds when they are asked for; none is held out then by default", () => {
    expect(sorted(["A", "B", "C"], { valid: ["B"] })).toEqual({
      train: [0, 2],
      valid: [1],
      test: [],
      folds: { valid: ["B"], test: [] },
    });
  });

  const refused: [string, string[], HeldOutFolds, string][] = [
    [
      "another name",
      ["train", "training"],
      {},
      'expected train, valid or test in column 4, got "training" at a:10-20 (folds are named by --valid-fold and --test-fold)',
    ],
    [
      "no name",
      ["train", ""],
      {},
      "expected train, valid or test in column 4, got no column 4 at a:10-20",
    ],
    [
      "splits and folds in one file",
      ["train", "fold1"],
      {},
      'expected train, valid or test in column 4, got "fold1" at a:10-20 (folds are named by --valid-fold and --test-fold)',
    ],
    [
      "a row without a fold",
      ["fold1", ""],
      { valid: ["fold1"] },
      "expected a fold's name in column 4, got no column 4 at a:10-20",
    ],
    [
      "a fold that is not there",
      ["fold3", "fold1"],
      { valid: ["fold9"] },
      'expected a fold "fold9" in column 4, got fold1, fold3 (--valid-fold names the one you mean)',
    ],
    [
      "borzoi's folds that are not there",
      ["fold0", "fold1", "fold4"],
      {},
      'expected a fold "fold3" in column 4, got fold0, fold1, fold4 (--test-fold names the one you mean)',
    ],
    [
      "folds of a file of splits",
      ["train", "valid", "test"],
      { test: ["fold3"] },
      'expected a fold "fold3" in column 4, got test, train, valid (--test-fold names the one you mean)',
    ],
    [
      "one fold for both",
      EIGHT,
      { valid: ["fold3"] },
      "expected different folds, but fold3 is both valid and test (name them by --valid-fold and --test-fold)",
    ],
    [
      "a fold of many that is not there",
      Array.from({ length: 14 }, (_, i) => `f${String(i).padStart(2, "0")}`),
      { test: ["g"] },
      'expected a fold "g" in column 4, got f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, … (--test-fold names the one you mean)',
    ],
  ];
  it.each(refused)("refuses %s", (_what, names, held, reason) => {
    expect(() => sorted(names, held)).toThrow(new BedError(`a.bed: ${reason}`));
  });
});
