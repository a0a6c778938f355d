/** Mean of independent values with its standard error. */

/** A number estimated from draws or windows. */
export interface Estimate {
  readonly value: number;
  /** undefined where fewer than two values were given */
  readonly standardError: number | undefined;
  /** how many values it was made from */
  readonly count: number;
}

/**
 * Returns the mean of `values` and its standard error, s / √n with s² over n − 1.
 *
 * @throws {RangeError} when there is no value
 */
export function mean(values: ArrayLike<number>): Estimate {
  const count = values.length;
  if (count === 0)
    throw new RangeError("internal: expected at least one value to average, got none");
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] as number;
  const value = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((values[i] as number) - value) ** 2;
  const standardError = count < 2 ? undefined : Math.sqrt(squares / (count - 1) / count);
  return { value, standardError, count };
}
