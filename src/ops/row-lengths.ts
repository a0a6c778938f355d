/** Lengths of rows that are padded on the right. */

import { ShapeError } from "../errors.ts";

/**
 * Checks that each of `batch` rows has something in it and no more than it holds.
 *
 * @param operation its name, for the message
 * @param most positions of a row
 * @throws {ShapeError} when there is not one length a row, or one is not an integer in 1 … most
 */
export function expectRowLengths(
  operation: string,
  lengths: readonly number[],
  batch: number,
  most: number,
): void {
  if (lengths.length !== batch) {
    throw new ShapeError(
      `${operation}: expected one length for each of ${batch} rows, got ${lengths.length}`,
    );
  }
  for (const [row, count] of lengths.entries()) {
    if (Number.isInteger(count) && count >= 1 && count <= most) continue;
    throw new ShapeError(
      `${operation}: expected lengths[${row}] to be an integer in 1 … ${most}, got ${count}`,
    );
  }
}
