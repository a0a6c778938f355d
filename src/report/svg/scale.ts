/** From numbers to places in a drawing, and the round numbers that stand on an axis. */

export type Range = readonly [from: number, to: number];

/** The straight line that takes `domain` to `range`; an empty domain goes to the middle. */
export function linearScale([low, high]: Range, [from, to]: Range): (value: number) => number {
  if (high === low) return () => (from + to) / 2;
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/** The smallest and the largest; 0 … 1 where there is no number. */
export function extent(values: readonly number[]): Range {
  if (values.length === 0) return [0, 1];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** A domain made wider by a share of itself at both ends, by `least` in all when it is narrower. */
export function widened([low, high]: Range, share: number, least = 0): Range {
  const more = Math.max((high - low) * share, (least - (high - low)) / 2);
  return [low - more, high + more];
}

/** A domain of values that hardly differ is so wide: a tenth of the largest. */
export function leastWidth([low, high]: Range): number {
  return Math.max(Math.abs(low), Math.abs(high)) / 10 || 1;
}

/** Multiples of 1, 2 or 5 times a power of ten that lie in the domain, at most `most` of them. */
export function ticks([low, high]: Range, most: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 5, 10, 20].map((times) => times * power);
  for (const step of steps) {
    const first = Math.ceil(low / step - 1e-9);
    const last = Math.floor(high / step + 1e-9);
    if (last - first < most) {
      return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
    }
  }
  return [low, high];
}

/** Digits behind the point that tell ticks apart. */
export function tickDigits(values: readonly number[]): number {
  const [first, second] = values;
  if (first === undefined || second === undefined) return 2;
  return Math.max(0, -Math.floor(Math.log10(second - first) + 1e-9));
}

/** A coordinate, to a hundredth. */
export function at(value: number): number {
  return Number(value.toFixed(2)) + 0; // no minus zero
}
