/** Correlation of two lists of numbers, by value and by rank. */

/** Pearson's r; NaN where there are fewer than two pairs, or one list does not vary. */
export function pearson(x: Float64Array, y: Float64Array): number {
  const count = x.length;
  if (count < 2) return Number.NaN;
  let [meanX, meanY] = [0, 0];
  for (let i = 0; i < count; i++) {
    meanX += (x[i] as number) / count;
    meanY += (y[i] as number) / count;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const dx = (x[i] as number) - meanX;
    const dy = (y[i] as number) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}

/** Spearman's rho: Pearson's r of the ranks, equal values at their mean rank. */
export function spearman(x: Float64Array, y: Float64Array): number {
  return pearson(midRanks(x), midRanks(y));
}

/** Ranks from 1 on, the smallest first; equal values share the mean of theirs. */
export function midRanks(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const ends = new Uint32Array(sorted.length); // of the run of equals that begins here
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    ends[from] = to;
    from = to;
  }
  return values.map((value) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return (low + 1 + (ends[low] as number)) / 2;
  });
}
