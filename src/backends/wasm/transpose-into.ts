/** Blocked transposition between two typed arrays. */

/** Edge of the square blocks: 32 × 32 floats read and written stay in the first-level cache. */
const BLOCK = 32;

/**
 * Writes the transpose of a matrix.
 *
 * @param from [rows, columns]
 * @param to [columns, rows], not overlapping `from`
 */
export function transposeInto(
  from: Float32Array,
  rows: number,
  columns: number,
  to: Float32Array,
): void {
  for (let row0 = 0; row0 < rows; row0 += BLOCK) {
    const rowEnd = Math.min(row0 + BLOCK, rows);
    for (let column0 = 0; column0 < columns; column0 += BLOCK) {
      const columnEnd = Math.min(column0 + BLOCK, columns);
      for (let column = column0; column < columnEnd; column++) {
        for (let row = row0; row < rowEnd; row++) {
          to[column * rows + row] = from[row * columns + column] as number;
        }
      }
    }
  }
}
