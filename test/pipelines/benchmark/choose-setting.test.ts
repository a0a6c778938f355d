import { expect, test } from "vitest";
import { chooseSetting } from "../../../pipelines/benchmark/choose-setting.ts";

const score = (accuracies: readonly number[], losses: readonly number[]) => ({
  ...{ accuracies, losses },
});

test("the highest mean accuracy over seeds, not the best single seed", () => {
  const [spiky, steady] = [score([0.9, 0.5], [0.1, 0.1]), score([0.75, 0.75], [2, 2])];
  expect(chooseSetting([spiky, steady])).toBe(1);
  expect(chooseSetting([steady, spiky])).toBe(0);
});

test("of equal accuracies the lower mean loss, then the first", () => {
  const [worse, better] = [score([0.5, 0.75], [0.6, 0.6]), score([0.75, 0.5], [0.7, 0.3])];
  expect(chooseSetting([worse, better])).toBe(1);
  expect(chooseSetting([better, worse, better])).toBe(0);
});
