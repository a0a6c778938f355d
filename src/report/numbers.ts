/** Numbers as reports print them: sensible digits, a true minus sign, a dash for what is not known. */

import type { ConfidenceInterval } from "../stats/uncertainty/confidence-interval.ts";

/** Stands for a number that is not known. */
const NO_NUMBER = "–";

/** `0.9123` as `0.912`, `-0.0123` as `−0.012`. */
export function fixed(value: number | undefined, digits = 3): string {
  if (value === undefined || !Number.isFinite(value)) return NO_NUMBER;
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** With its sign: `+0.012`. */
export function signed(value: number | undefined, digits = 3): string {
  const text = fixed(value, digits);
  return text === NO_NUMBER || text.startsWith("−") ? text : `+${text}`;
}

/** `+0.031 to +0.047`. */
export function signedRange(interval: ConfidenceInterval | undefined, digits = 3): string {
  if (interval === undefined) return NO_NUMBER;
  return `${signed(interval.low, digits)} to ${signed(interval.high, digits)}`;
}
