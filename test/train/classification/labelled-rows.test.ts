import { expect, test } from "vitest";
import { balancedWeights, labelledRows } from "../../../src/train/classification/labelled-rows.ts";
import { rowsOnStrand } from "../../../src/train/classification/sequence-rows.ts";

test("a label is one class, and a row weighs as its class", () => {
  const options = { classes: 2, labelSmoothing: 0, classWeights: [1, 3] };
  const ids = [Uint8Array.of(0), Uint8Array.of(1, 2), Uint8Array.of(3)];
  const rows = { places: [4, 0, 7], isReverse: [false, true, false], ids };
  expect(labelledRows(rows, [1, 0, 1], options)).toEqual({
    ...rows,
    targets: Float32Array.of(0, 1, 1, 0, 0, 1),
    weights: Float32Array.of(3, 1, 3),
  });
});

test("smoothing spreads its share over all classes", () => {
  const options = { classes: 4, labelSmoothing: 0.2, classWeights: [1, 1, 1, 1] };
  const { targets } = labelledRows(
    { ...rowsOnStrand([0], false), ids: [Uint8Array.of(0)] },
    [2],
    options,
  );
  expect(targets).toEqual(Float32Array.of(0.05, 0.05, 0.85, 0.05));
});

test("balanced weights make each class weigh the same, and a sequence 1 on average", () => {
  const labels = [0, 0, 0, 1, 2, 2];
  const weights = balancedWeights(labels, 3);
  const sums = [0, 1, 2].map((label) =>
    labels.filter((one) => one === label).reduce((sum) => sum + (weights[label] as number), 0),
  );
  expect(sums).toEqual([2, 2, 2]);
});
