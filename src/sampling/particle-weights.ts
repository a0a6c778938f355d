/** Weights of particles, kept as logarithms; where no particle has any weight, all count alike. */

/** Returns weights of sum 1, and the logarithm of the mean of what they were. */
export function normalise(logWeights: Float64Array): {
  readonly weights: Float64Array;
  readonly logMean: number;
} {
  const greatest = logWeights.reduce((most, weight) => Math.max(most, weight), -Infinity);
  if (greatest === -Infinity) {
    return { weights: logWeights.map(() => 1 / logWeights.length), logMean: -Infinity };
  }
  const shares = logWeights.map((weight) => Math.exp(weight - greatest));
  const sum = shares.reduce((total, share) => total + share, 0);
  return {
    weights: shares.map((share) => share / sum),
    logMean: greatest + Math.log(sum / logWeights.length),
  };
}

/** How many particles of equal weight would be worth as much (Kong, Liu and Wong, 1994); 0 where none has any weight. */
export function effectiveParticles(logWeights: Float64Array): number {
  if (logWeights.every((weight) => weight === -Infinity)) return 0;
  const { weights } = normalise(logWeights);
  return 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
}

/**
 * Draws as many particles as there are by their weights, systematically: particle i survives ⌊P w_i⌋ or ⌈P w_i⌉ times
 * (Carpenter, Clifford and Fearnhead, IEE Proceedings Radar, Sonar and Navigation 146, 1999). One that survives keeps its
 * own place.
 *
 * @param uniform in [0, 1)
 * @returns the particle that stands at each place from now on
 */
export function survivors(logWeights: Float64Array, uniform: number): number[] {
  const { weights } = normalise(logWeights);
  const copies = new Int32Array(weights.length);
  const last = weights.findLastIndex((weight) => weight > 0);
  let below = 0;
  let drawn = 0;
  for (const [particle, weight] of weights.entries()) {
    below += weight * weights.length;
    const upTo = particle === last ? weights.length : Math.ceil(below - uniform);
    copies[particle] = Math.max(0, Math.min(upTo, weights.length) - drawn);
    drawn += copies[particle] as number;
  }
  const spare = [...copies].flatMap((count, particle) =>
    Array.from({ length: Math.max(0, count - 1) }, () => particle),
  );
  return Array.from(copies, (count, place) => (count > 0 ? place : (spare.shift() as number)));
}

/** Returns a particle by its weight. */
export function drawParticle(weights: Float64Array, uniform: number): number {
  let rest = uniform;
  for (const [particle, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return particle;
  }
  return weights.findLastIndex((weight) => weight > 0);
}
