/** The absorbing chain over the bases and MASK (index 4) by its matrices, in double precision: posteriors by Bayes' rule alone. */

export const MASK = 4;
const K = 5;

/** One-hot of a category, [5]. */
const oneHot = (category: number): number[] =>
  Array.from({ length: K }, (_, i) => (i === category ? 1 : 0));

/** q(to | from) of a stretch in which a base stays visible with probability `alpha`. */
const move = (from: number, to: number, alpha: number): number => {
  if (from === MASK) return to === MASK ? 1 : 0;
  return (from === to ? alpha : 0) + (to === MASK ? 1 - alpha : 0);
};

/**
 * q(z_s | z_t, x) with a law over all five categories in place of x.
 *
 * @param law [5] of x at time 0
 * @param z category at time t
 */
export function chainPosterior(law: readonly number[], z: number, t: number, s: number): number[] {
  const [alphaT, alphaS] = [1 - t, 1 - s];
  const between = alphaS === 0 ? 0 : alphaT / alphaS;
  const joint = Array.from({ length: K }, (_, now) => {
    const atS = law.reduce((sum, p, x) => sum + p * move(x, now, alphaS), 0);
    return atS * move(now, z, between);
  });
  const total = joint.reduce((sum, p) => sum + p, 0);
  return joint.map((p) => p / total);
}

/** KL(p ‖ q), nats. */
function divergence(p: readonly number[], q: readonly number[]): number {
  return p.reduce(
    (sum, value, i) => sum + (value === 0 ? 0 : value * Math.log(value / (q[i] as number))),
    0,
  );
}

/** KL of the posterior with `law` for x from that of the base `x`, one step of `steps` back from step `step`. */
export function stepDivergence(
  law: readonly number[],
  x: number,
  z: number,
  step: number,
  steps: number,
): number {
  const [t, s] = [step / steps, (step - 1) / steps];
  return divergence(chainPosterior(oneHot(x), z, t, s), chainPosterior(law, z, t, s));
}
