/** How rows of several lengths are cut into micro-batches: each is padded to its longest row, and each costs a pass. */

/** Padding that is worth another pass, in tokens. It moves time alone: a step sums over its micro-batches however they are cut. */
export const PASS_TOKENS = 1024;

/**
 * Returns where each micro-batch ends: of all cuts, the one whose tokens, padding among them, and `PASS_TOKENS` for each
 * micro-batch are fewest. Found row by row, the best cut before each end being known (dynamic programming).
 *
 * @param lengths of the rows, ascending
 * @param tokens most of a micro-batch, its rows times its longest; a longer row is one by itself
 */
export function cutByPadding(lengths: readonly number[], tokens: number): number[] {
  const fewest = new Float64Array(lengths.length + 1); // tokens of the rows before each end
  const begins = new Int32Array(lengths.length + 1); // of the last micro-batch before each end
  for (let end = 1; end <= lengths.length; end++) {
    const longest = lengths[end - 1] as number;
    fewest[end] = Number.POSITIVE_INFINITY;
    for (let begin = end - 1; begin >= 0; begin--) {
      const size = (end - begin) * longest;
      if (size > tokens && begin < end - 1) break;
      const total = (fewest[begin] as number) + size + PASS_TOKENS;
      if (total >= (fewest[end] as number)) continue;
      fewest[end] = total;
      begins[end] = begin;
    }
  }
  const ends: number[] = [];
  for (let end = lengths.length; end > 0; end = begins[end] as number) ends.push(end);
  return ends.reverse();
}
