/** Numbers as reports print them: sensible digits, a true minus sign, a dash for what is not known. */

import type { ConfidenceInterval } from "../stats/uncertainty/confidence-interval.ts";
import { formatDigits } from "../util/format.ts";

/** Stands for a number that is not known. */
export const NO_NUMBER = "–";

/** `0.9123` as `0.912`, `-0.0123` as `−0.012`. */
export function fixed(value: number | undefined, digits = 3): string {
  if (value === Number.POSITIVE_INFINITY) return "∞"; // a log loss
  if (value === undefined || !Number.isFinite(value)) return NO_NUMBER;
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** With its sign: `+0.012`. */
export function signed(value: number | undefined, digits = 3): string {
  const text = fixed(value, digits);
  return text === NO_NUMBER || text.startsWith("−") ? text : `+${text}`;
}

/** `0.912 ± 0.004`. */
export function plusMinus(
  value: number | undefined,
  error: number | undefined,
  digits = 3,
): string {
  const text = fixed(value, digits);
  return error === undefined ? text : `${text} ± ${fixed(error, digits)}`;
}

/** `+0.031 to +0.047`. */
export function signedRange(interval: ConfidenceInterval | undefined, digits = 3): string {
  if (interval === undefined) return NO_NUMBER;
  return `${signed(interval.low, digits)} to ${signed(interval.high, digits)}`;
}

/** `0.798–0.849`, `−0.020 to 0.104`. */
export function range(interval: ConfidenceInterval | undefined, digits = 3): string {
  if (interval === undefined) return NO_NUMBER;
  const to = interval.low < 0 ? " to " : "–"; // a dash beside a minus is hard to read
  return `${fixed(interval.low, digits)}${to}${fixed(interval.high, digits)}`;
}

/** A share as `37.8 %`, which no line breaks. */
export function percent(share: number | undefined, digits = 1): string {
  const text = fixed(share === undefined ? undefined : 100 * share, digits);
  return text === NO_NUMBER ? text : `${text}\u00a0%`;
}

/** Seconds as `42 s`, `3 min 20 s`, `5 h 12 min`. */
export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return NO_NUMBER;
  if (seconds < 60) return `${formatDigits(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
