import { expect, test } from "vitest";
import { stepSpeed } from "../../../pipelines/study/step-speed.ts";

test("a step takes the median of those without a validation; the first, whose begin is not known, and pauses do not count", () => {
  const log = [
    { step: 1, seconds: 10 },
    { step: 2, seconds: 11 },
    { step: 3, seconds: 19, validBits: 2 },
    { step: 4, seconds: 20.2 },
    { step: 5, seconds: 60.2 },
    { step: 6, seconds: 61.3 },
  ];
  const { secondsPerStep, seconds } = stepSpeed(log);
  expect(secondsPerStep).toBeCloseTo(1.15, 12); // of 1, 1.2, 40, 1.1
  expect(seconds).toBe(61.3);
});

test("without such steps it is not known", () => {
  expect(stepSpeed([])).toEqual({ secondsPerStep: undefined, seconds: 0 });
  expect(stepSpeed([{ step: 1, seconds: 3, validBits: 2 }]).secondsPerStep).toBeUndefined();
});
