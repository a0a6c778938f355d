/** How far two histograms are from each other. Counts need not be whole, nor have the same sum. */

/**
 * Jensen–Shannon divergence of two histograms in bits, 0 … 1 (Lin, IEEE Trans. Inf. Theory 37, 1991); NaN where one is empty.
 *
 * Of two samples of one law it is not 0 but about (bins − 1) / (4 ln 2) · (1/n + 1/m): compare it with that of other
 * samples of the same size.
 */
export function jensenShannonBits(p: Float64Array, q: Float64Array): number {
  const [sumP, sumQ] = [total(p), total(q)];
  if (!(sumP > 0 && sumQ > 0)) return Number.NaN;
  let bits = 0;
  for (let i = 0; i < p.length; i++) {
    const a = (p[i] as number) / sumP;
    const b = (q[i] as number) / sumQ;
    const middle = (a + b) / 2;
    if (a > 0) bits += a * Math.log2(a / middle);
    if (b > 0) bits += b * Math.log2(b / middle);
  }
  return Math.max(0, bits / 2);
}

/**
 * Wasserstein's distance of order 1 between two histograms over the same bins, in widths of a bin: how far the one has to be
 * moved, on average, to become the other. NaN where one is empty.
 */
export function wassersteinBins(p: Float64Array, q: Float64Array): number {
  const [sumP, sumQ] = [total(p), total(q)];
  if (!(sumP > 0 && sumQ > 0)) return Number.NaN;
  let ahead = 0;
  let distance = 0;
  for (let i = 0; i < p.length; i++) {
    ahead += (p[i] as number) / sumP - (q[i] as number) / sumQ;
    distance += Math.abs(ahead);
  }
  return distance;
}

/** Sum of all values, from the first to the last. */
export function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
