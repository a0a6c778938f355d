import { expect, test } from "vitest";
import { propertyEdges } from "../../../pipelines/benchmark/property-edges.ts";

const sequences = (...texts: readonly string[]): Uint8Array[] =>
  texts.map((text) => Uint8Array.from(text, (letter) => "ACGTN".indexOf(letter)));

test("rows of about equal size, the last one with the longest", () => {
  const tests = Array.from({ length: 100 }, (_, i) => new Uint8Array(i + 1));
  // numpy.quantile(range(1, 101), [0, .2, .4, .6, .8]) = 1, 20.8, 40.6, 60.4, 80.2
  expect(propertyEdges(tests).length).toEqual([1, 20, 40, 60, 80, 101]);
});

test("sequences of one length, or one GC share, are one row", () => {
  const { length, gc, nearest } = propertyEdges(sequences("ACGT", "GCTA", "NNAG"));
  expect(length).toEqual([4, 5]);
  expect(gc).toEqual([0.5, 0.51]);
  expect(nearest).toEqual([0, 0.1, 0.25, 0.5, 0.9, 1]);
});

test("a sequence without a base has no GC share", () => {
  expect(propertyEdges(sequences("NN", "GC")).gc).toEqual([1, 1.01]);
  expect(propertyEdges(sequences("NN")).gc).toEqual([0, 0.01]);
});
