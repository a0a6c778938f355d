/**
 * Limited-memory BFGS (Nocedal and Wright, "Numerical optimization", 2nd edition, algorithms 7.4 and 7.5): the minimum
 * of a smooth convex function, with steps shortened until they gain enough (Armijo).
 */

/** Returns the value at `at`, and writes the gradient there. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** the end: no element of the gradient is larger */
  readonly tolerance: number;
  readonly maxSteps: number;
}

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly steps: number;
  /** whether the tolerance was met; else steps ran out, or none gained any more */
  readonly isConverged: boolean;
}

/** Steps that the curvature is guessed from. */
const MEMORY = 10;
/** Least gain, as a share of what the slope promises. */
const ARMIJO = 1e-4;
/** Near the minimum rounding hides gains; there a slope that falls to this share shows the way. */
const ROUNDING = 1e-15;
const FLATTER = 0.9;
const MOST_HALVINGS = 40;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array; // of the gradient
  readonly curvature: number; // their product
}

/** Searches from `start`, which stays as it is. */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { tolerance, maxSteps }: LbfgsOptions,
): Minimum {
  let at: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(at.length);
  let value = objective(at, gradient);
  const pairs: Pair[] = [];
  let steps = 0;
  while (largest(gradient) > tolerance) {
    if (steps === maxSteps) return { at, value, steps, isConverged: false };
    const direction = descent(gradient, pairs);
    const next = shorten(objective, at, value, direction, dot(direction, gradient));
    if (next === undefined) return { at, value, steps, isConverged: false };
    remember(pairs, difference(next.at, at), difference(next.gradient, gradient));
    ({ at, gradient, value } = next);
    steps++;
  }
  return { at, value, steps, isConverged: true };
}

/** −H g by the two-loop recursion; without pairs a step of length 1 at most, downhill. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((g) => -g);
  const last = pairs.at(-1);
  if (last === undefined) {
    return scale(direction, 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))));
  }
  const alphas = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { step, change, curvature } = pairs[i] as Pair;
    alphas[i] = dot(step, direction) / curvature;
    addScaled(direction, change, -(alphas[i] as number));
  }
  scale(direction, last.curvature / dot(last.change, last.change));
  pairs.forEach(({ step, change, curvature }, i) => {
    addScaled(direction, step, (alphas[i] as number) - dot(change, direction) / curvature);
  });
  return direction;
}

/** The first of the steps 1, then shorter, that gains enough; undefined where none does. */
function shorten(
  objective: Objective,
  from: Float64Array,
  value: number,
  direction: Float64Array,
  slope: number,
): { at: Float64Array; gradient: Float64Array; value: number } | undefined {
  const gradient = new Float64Array(from.length);
  let length = 1;
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const at = addScaled(from.slice(), direction, length);
    const there = objective(at, gradient);
    const isGain = there <= value + ARMIJO * length * slope && there < value;
    const isLevel = Math.abs(there - value) <= ROUNDING * Math.abs(value);
    if (isGain || (isLevel && Math.abs(dot(direction, gradient)) < FLATTER * -slope)) {
      return { at, gradient, value: there };
    }
    // the bottom of the parabola through both values and the slope, within a tenth and a half
    const bottom = (-slope * length * length) / (2 * (there - value - slope * length));
    length = bottom > 0.1 * length ? Math.min(bottom, 0.5 * length) : 0.1 * length;
  }
  return undefined;
}

function remember(pairs: Pair[], step: Float64Array, change: Float64Array): void {
  const curvature = dot(step, change);
  if (!(curvature > 1e-12 * dot(change, change))) return; // flat to rounding: nothing to learn
  pairs.push({ step, change, curvature });
  if (pairs.length > MEMORY) pairs.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function largest(a: Float64Array): number {
  let most = 0;
  for (const value of a) most = Math.max(most, Math.abs(value));
  return most;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] as number));
}

/** a += factor b, in place. */
function addScaled(a: Float64Array, b: Float64Array, factor: number): Float64Array {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
  return a;
}

/** a *= factor, in place. */
function scale(a: Float64Array, factor: number): Float64Array {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) * factor;
  return a;
}
