import { expect, test } from "vitest";
import { N_ID } from "../../../src/tokens/alphabet.ts";
import { balancedWeights, labelledRows } from "../../../src/train/classification/labelled-rows.ts";

const SEQUENCES = [Uint8Array.of(0, 1, 2), Uint8Array.of(3), Uint8Array.of(2, 2)];

test("rows are padded to the longest, labels are one class each", () => {
  const options = { classes: 2, labelSmoothing: 0, classWeights: [1, 3] };
  expect(labelledRows(SEQUENCES, [1, 0, 1], options)).toEqual({
    batch: 3,
    length: 3,
    ids: Uint8Array.of(0, 1, 2, 3, N_ID, N_ID, 2, 2, N_ID),
    lengths: [3, 1, 2],
    targets: Float32Array.of(0, 1, 1, 0, 0, 1),
    weights: Float32Array.of(3, 1, 3),
  });
});

test("smoothing spreads its share over all classes", () => {
  const options = { classes: 4, labelSmoothing: 0.2, classWeights: [1, 1, 1, 1] };
  const { targets } = labelledRows(SEQUENCES.slice(0, 1), [2], options);
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
