import { expect, test } from "vitest";
import { isBetter, isOutOfPatience } from "../../../pipelines/finetune/better-epoch.ts";

const best = { epoch: 3, accuracy: 0.8, lossNats: 0.5 };

test.each([
  ["accuracy", { accuracy: 0.81, lossNats: 0.9 }, true],
  ["accuracy", { accuracy: 0.79, lossNats: 0.1 }, false],
  ["accuracy", { accuracy: 0.8, lossNats: 0.49 }, true],
  ["accuracy", { accuracy: 0.8, lossNats: 0.5 }, false],
  ["loss", { accuracy: 0.1, lossNats: 0.49 }, true],
  ["loss", { accuracy: 0.9, lossNats: 0.5 }, false],
] as const)("by %s, %o is better: %s", (select, score, expected) => {
  expect(isBetter({ epoch: 4, ...score }, best, select)).toBe(expected);
});

test("the first epoch is better than none", () => {
  expect(isBetter(best, undefined, "accuracy")).toBe(true);
});

test("patience counts epochs after the best; without it there is no end", () => {
  expect([4, 5, 6].map((epoch) => isOutOfPatience(epoch, best, 2))).toEqual([false, true, true]);
  expect(isOutOfPatience(1000, best, undefined)).toBe(false);
  expect(isOutOfPatience(1000, undefined, 2)).toBe(false);
});
