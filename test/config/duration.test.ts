import { expect, test } from "vitest";
import { parseDuration } from "../../src/config/duration.ts";

test.each([
  ["90s", 90_000],
  ["60m", 3_600_000],
  ["1h30m", 5_400_000],
  ["2d", 172_800_000],
  ["0.5h", 1_800_000],
  ["1d2h3m4.5s", 93_784_500],
])("%s is %i ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", "60", "m", "-1m", "30m1h", "1m ", "1e3s", "0s", "4000d", "1 h", "NaNs"])(
  "refuses %j",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
