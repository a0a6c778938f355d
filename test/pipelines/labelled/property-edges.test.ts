import { expect, test } from "vitest";
import { propertyEdges } from "../../../pipelines/labelled/property-edges.ts";

test("rows of about equal size, the last one with the longest", () => {
  const lengths = Array.from({ length: 100 }, (_, i) => i + 1);
  // numpy.quantile(range(1, 101), [0, .2, .4, .6, .8]) = 1, 20.8, 40.6, 60.4, 80.2
  expect(propertyEdges(lengths, []).length).toEqual([1, 20, 40, 60, 80, 101]);
});

test("sequences of one length, or one GC share, are one row", () => {
  const { length, gc, nearest } = propertyEdges([4, 4, 4], [0.5, 0.5, 0.5]);
  expect(length).toEqual([4, 5]);
  expect(gc).toEqual([0.5, 0.51]);
  expect(nearest).toEqual([0, 0.1, 0.25, 0.5, 0.9, 1]);
});

test("a share of one is below the last edge; without a sequence there is a row all the same", () => {
  expect(propertyEdges([2, 2], [1]).gc).toEqual([1, 1.01]);
  expect(propertyEdges([2], []).gc).toEqual([0, 0.01]);
});
