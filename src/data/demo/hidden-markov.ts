/**
 * A hidden Markov source of bases: a stationary chain of hidden states, each of which emits one base.
 * Rabiner, "A tutorial on hidden Markov models" (Proc. IEEE 77, 1989): forward algorithm with scaling, section V.A.
 */

/** A step to the state numbered `to`. */
export interface Transition {
  readonly to: number;
  readonly probability: number;
}

export interface HiddenState {
  /** Probabilities of A, C, G, T; they sum to 1. */
  readonly emission: readonly [number, number, number, number];
  /** They sum to 1. */
  readonly next: readonly Transition[];
}

export interface HiddenMarkovSource {
  readonly states: readonly HiddenState[];
  /** [states] probability of each state at any one position */
  readonly stationary: Float64Array;
}

const MOST_SWEEPS = 100_000;
const STILL = 1e-15;

/**
 * Returns the source of these states, which can all be reached from state 0 and lead back to it.
 *
 * @throws {RangeError} when a state's probabilities do not sum to 1
 */
export function hiddenMarkovSource(states: readonly HiddenState[]): HiddenMarkovSource {
  states.forEach(({ emission, next }, i) => {
    for (const sum of [total(emission), total(next.map(({ probability }) => probability))]) {
      if (Math.abs(sum - 1) > 1e-12) {
        throw new RangeError(
          `internal: expected state ${i}'s probabilities to sum to 1, got ${sum}`,
        );
      }
    }
  });
  return { states, stationary: stationaryDistribution(states) };
}

/** Solves π = π P by Gauss-Seidel sweeps in the order of the states. */
function stationaryDistribution(states: readonly HiddenState[]): Float64Array {
  const incoming: Transition[][] = states.map(() => []); // `to` names where it comes from
  const stay = new Float64Array(states.length);
  states.forEach(({ next }, from) => {
    for (const { to, probability } of next) {
      if (to === from) stay[from] = probability;
      else incoming[to]?.push({ to: from, probability });
    }
  });
  const mass = new Float64Array(states.length).fill(1 / states.length);
  for (let sweep = 0, change = 1; sweep < MOST_SWEEPS && change > STILL; sweep++) {
    change = 0;
    for (let i = 0; i < mass.length; i++) {
      let flow = 0;
      for (const { to, probability } of incoming[i] as Transition[]) {
        flow += (mass[to] as number) * probability;
      }
      flow /= 1 - (stay[i] as number);
      change = Math.max(change, Math.abs(flow - (mass[i] as number)) / flow);
      mass[i] = flow;
    }
  }
  const sum = total(mass);
  return mass.map((value) => value / sum);
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** A sequence and the chain that made it; one element a base. */
export interface HiddenMarkovSequence {
  /** token ids 0 … 3 */
  readonly ids: Uint8Array;
  /** numbers of hidden states */
  readonly states: Uint16Array;
}

/** Draws `length` bases; `uniform(step, position)` in [0, 1) gives the state at step 0 and the base at step 1. */
export function sampleHiddenMarkov(
  source: HiddenMarkovSource,
  length: number,
  uniform: (step: number, position: number) => number,
): HiddenMarkovSequence {
  const ids = new Uint8Array(length);
  const states = new Uint16Array(length);
  let state: HiddenState | undefined;
  for (let i = 0; i < length; i++) {
    const u = uniform(0, i);
    const number = state === undefined ? pick(source.stationary, u) : pickNext(state.next, u);
    state = source.states[number] as HiddenState;
    states[i] = number;
    ids[i] = pick(state.emission, uniform(1, i));
  }
  return { ids, states };
}

/** The index at which the running sum of `weights` passes `u`; the last one where rounding leaves none. */
function pick(weights: ArrayLike<number>, u: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length - 1; i++) {
    sum += weights[i] as number;
    if (u < sum) return i;
  }
  return weights.length - 1;
}

function pickNext(next: readonly Transition[], u: number): number {
  let sum = 0;
  for (let i = 0; i < next.length - 1; i++) {
    const { to, probability } = next[i] as Transition;
    sum += probability;
    if (u < sum) return to;
  }
  return (next[next.length - 1] as Transition).to;
}

/**
 * Returns −ln P(ids), exact up to float64 rounding, for a window anywhere in the source's sequence.
 *
 * @param ids token ids; N (and MASK) is an unknown base: the sum over all four
 */
export function forwardNats(source: HiddenMarkovSource, ids: Uint8Array): number {
  const { states, stationary } = source;
  let now = new Float64Array(states.length); // P(state | bases so far)
  let next = Float64Array.from(stationary);
  let nats = 0;
  for (const id of ids) {
    let scale = 0;
    for (let i = 0; i < next.length; i++) {
      const joint =
        (next[i] as number) * (id < 4 ? ((states[i] as HiddenState).emission[id] as number) : 1);
      next[i] = joint;
      scale += joint;
    }
    nats -= Math.log(scale);
    [now, next] = [next, now.fill(0)];
    for (let i = 0; i < now.length; i++) {
      const weight = (now[i] as number) / scale;
      for (const { to, probability } of (states[i] as HiddenState).next) {
        next[to] = (next[to] as number) + weight * probability;
      }
    }
  }
  return nats;
}
