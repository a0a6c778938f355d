/** Axes on which every step is a factor: from numbers to places, and the powers of ten that stand there. */

import { linearScale, type Range } from "./scale.ts";

/** The scale that takes `domain`, both ends positive, to `range`; what is below lies at its beginning. */
export function logScale([low, high]: Range, range: Range): (value: number) => number {
  const place = linearScale([Math.log10(low), Math.log10(high)], range);
  return (value) => place(Math.log10(Math.max(value, low)));
}

/** From the smallest positive value to the largest, a little wider; 0.1 … 1 where there is none. */
export function logExtent(values: readonly number[]): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const value of values) {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high === 0) return [0.1, 1];
  const wider = 10 ** Math.max(0.04 * Math.log10(high / low), 0.15);
  return [low / wider, high * wider];
}

/**
 * Round numbers that lie in the domain, at most `most`: powers of ten, with 2 and 5 times these, or 1 to 9 times, where
 * they are few; every second power and so on where they are many.
 */
export function logTicks([low, high]: Range, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const inside = (values: readonly number[]): number[] =>
    values.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  const number = (factor: number, power: number): number => Number(`${factor}e${power}`); // to the last bit
  for (const factors of [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]]) {
    const values = inside(
      powers.flatMap((power) => factors.map((factor) => number(factor, power))),
    );
    if (values.length > 0 && values.length <= most) return values;
  }
  for (let step = 2; ; step++) {
    const values = inside(
      powers.filter((power) => power % step === 0).map((power) => number(1, power)),
    );
    if (values.length <= most) return values;
  }
}

/** `0.05`, `300`, and beyond four digits `10⁻⁵`. */
export function logTickText(value: number): string {
  if (value >= 1e-3 && value < 1e5) return String(Number(value.toPrecision(2)));
  const power = Math.floor(Math.log10(value) + 1e-9);
  const factor = Math.round(value / 10 ** power);
  const raised = [...String(power)]
    .map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]))
    .join("");
  return factor === 1 ? `10${raised}` : `${factor}·10${raised}`;
}
