/** The quantile function of the binomial law. */

/**
 * Returns the least k with P(successes ≤ k) > v, by adding up the law from 0.
 *
 * @param probability of a success, 0 … 1
 * @param v in [0, 1)
 */
export function binomialQuantile(trials: number, probability: number, v: number): number {
  if (probability >= 1) return trials;
  const logOdds = Math.log(probability) - Math.log1p(-probability);
  let logMass = trials * Math.log1p(-probability); // a mass itself is below the least double of long windows
  let atMost = 0;
  for (let k = 0; k < trials; k++) {
    atMost += Math.exp(logMass);
    if (v < atMost) return k;
    logMass += Math.log((trials - k) / (k + 1)) + logOdds;
  }
  return trials;
}
