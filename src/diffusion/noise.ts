/**
 * Noise schedules of masked diffusion: the five of MDLM's code (noise_schedule.py), with its direction of time.
 * alpha(t) is the probability that a base is still unmasked at time t in [0, 1], 0 = data.
 *
 * The NELBO's weight −alpha′/(1 − alpha) = sigma′/expm1(sigma) is written in closed form for each schedule, since
 * the quotient loses digits near t = 0. (MDLM's appendix E.1 prints the cosines with time reversed.)
 */

export const NOISE_NAMES = [
  "loglinear",
  "cosine",
  "cosine-squared",
  "linear",
  "geometric",
] as const;

export type NoiseName = (typeof NOISE_NAMES)[number];

export interface NoiseSchedule {
  readonly name: NoiseName;
  /** Total noise, −ln alpha(t), nats. */
  sigma(t: number): number;
  /** d sigma / dt. */
  sigmaPrime(t: number): number;
  /** Probability that a base is masked, 1 − alpha(t). */
  maskProbability(t: number): number;
  /** What the cross-entropy at masked positions is multiplied by: sigma′/expm1(sigma), positive. */
  weight(t: number): number;
}

/** Share that stays unmasked at t = 1 under the first three. */
const EPSILON = 1e-3;
const HALF_PI = Math.PI / 2;

const loglinear: NoiseSchedule = {
  name: "loglinear",
  sigma: (t) => -Math.log1p(-(1 - EPSILON) * t),
  sigmaPrime: (t) => (1 - EPSILON) / (1 - (1 - EPSILON) * t),
  maskProbability: (t) => (1 - EPSILON) * t,
  weight: (t) => 1 / t,
};

/** 1 − cos(πt/2) without cancellation. */
const oneMinusCos = (t: number): number => 2 * Math.sin((HALF_PI * t) / 2) ** 2;

const cosine: NoiseSchedule = {
  name: "cosine",
  sigma: (t) => -Math.log1p(-(1 - EPSILON) * oneMinusCos(t)),
  sigmaPrime: (t) =>
    (HALF_PI * (1 - EPSILON) * Math.sin(HALF_PI * t)) / (1 - (1 - EPSILON) * oneMinusCos(t)),
  maskProbability: (t) => (1 - EPSILON) * oneMinusCos(t),
  weight: (t) => (HALF_PI * Math.sin(HALF_PI * t)) / oneMinusCos(t),
};

const cosineSquared: NoiseSchedule = {
  name: "cosine-squared",
  sigma: (t) => -Math.log1p(-(1 - EPSILON) * Math.sin(HALF_PI * t) ** 2),
  sigmaPrime: (t) =>
    (HALF_PI * (1 - EPSILON) * Math.sin(Math.PI * t)) /
    (1 - (1 - EPSILON) * Math.sin(HALF_PI * t) ** 2),
  maskProbability: (t) => (1 - EPSILON) * Math.sin(HALF_PI * t) ** 2,
  weight: (t) => Math.PI / Math.tan(HALF_PI * t),
};

/** The schedule whose total noise is `sigma`; its weight is sigma′/expm1(sigma) as it stands. */
function fromSigma(
  name: NoiseName,
  sigma: (t: number) => number,
  sigmaPrime: (t: number) => number,
): NoiseSchedule {
  return {
    name,
    sigma,
    sigmaPrime,
    maskProbability: (t) => -Math.expm1(-sigma(t)),
    weight: (t) => sigmaPrime(t) / Math.expm1(sigma(t)),
  };
}

/** MDLM's linear.yaml. */
const LINEAR = { min: 1e-3, max: 7 };
/** SEDD's and MDLM's geometric.yaml. */
const GEOMETRIC = { min: 1e-4, max: 20 };

const linear = fromSigma(
  "linear",
  (t) => LINEAR.min + t * (LINEAR.max - LINEAR.min),
  () => LINEAR.max - LINEAR.min,
);

const geometricSigma = (t: number): number => GEOMETRIC.min ** (1 - t) * GEOMETRIC.max ** t;
const geometric = fromSigma(
  "geometric",
  geometricSigma,
  (t) => geometricSigma(t) * Math.log(GEOMETRIC.max / GEOMETRIC.min),
);

const SCHEDULES: Readonly<Record<NoiseName, NoiseSchedule>> = {
  loglinear,
  cosine,
  "cosine-squared": cosineSquared,
  linear,
  geometric,
};

/** Returns the schedule of a name. */
export function noiseSchedule(name: NoiseName): NoiseSchedule {
  return SCHEDULES[name];
}
