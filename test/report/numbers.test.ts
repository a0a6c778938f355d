import { expect, test } from "vitest";
import {
  duration,
  fixed,
  percent,
  plusMinus,
  signed,
  signedRange,
} from "../../src/report/numbers.ts";

test.each([
  [fixed(0.91249), "0.912"],
  [fixed(-0.01249), "−0.012"],
  [fixed(-0.0001), "0.000"],
  [fixed(undefined), "–"],
  [fixed(Number.NaN), "–"],
  [signed(0.0124), "+0.012"],
  [signed(-0.0124), "−0.012"],
  [signed(0), "+0.000"],
  [signed(undefined), "–"],
  [plusMinus(0.9, 0.0149), "0.900 ± 0.015"],
  [plusMinus(0.9, undefined), "0.900"],
  [signedRange({ low: -0.01, high: 0.02 }), "−0.010 to +0.020"],
  [signedRange(undefined), "–"],
  [percent(0.378), "37.8 %"],
  [percent(undefined), "–"],
  [duration(42.26), "42.3 s"],
  [duration(59.99), "60 s"],
  [duration(200), "3 min 20 s"],
  [duration(18_732), "5 h 12 min"],
  [duration(undefined), "–"],
])("%s", (text, expected) => expect(text).toBe(expected));
