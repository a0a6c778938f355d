/** Equal steps of time from 1 to 0, one a call of the network. */

export interface TimeStep {
  readonly call: number;
  /** The time that the rows are at. */
  readonly t: number;
  /** The time they go to, 0 in the last step. */
  readonly s: number;
}

/** Yields `calls` steps. */
export function* timeSteps(calls: number): Generator<TimeStep> {
  for (let call = 0; call < calls; call++) {
    yield { call, t: (calls - call) / calls, s: (calls - call - 1) / calls };
  }
}
