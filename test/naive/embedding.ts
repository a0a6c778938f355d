/** Rows of a table by id. */

/** @param table [vocab, width] @returns [ids, width] */
export function naiveEmbedding(
  ids: ArrayLike<number>,
  table: ArrayLike<number>,
  width: number,
): Float64Array {
  return Float64Array.from(
    { length: ids.length * width },
    (_, at) => table[(ids[Math.floor(at / width)] as number) * width + (at % width)] as number,
  );
}
