/** Several programs in turns, so that what else the machine does meets all of them. */

import { median } from "../median.ts";

export interface Contestant {
  readonly name: string;
  /** Does its work once; returns the seconds it took. */
  run(round: number): Promise<number>;
}

export interface Timing {
  readonly name: string;
  /** Median. */
  readonly seconds: number;
  readonly all: readonly number[];
}

/** Runs each once without counting, then `rounds` times, the order rotating. */
export async function takeTurns(
  contestants: readonly Contestant[],
  rounds: number,
): Promise<Timing[]> {
  const seconds = contestants.map((): number[] => []);
  for (const one of contestants) await one.run(0);
  for (let round = 1; round <= rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const which = (turn + round) % contestants.length;
      seconds[which]?.push((await contestants[which]?.run(round)) ?? Number.NaN);
    }
  }
  return contestants.map(({ name }, i) => ({
    name,
    seconds: median(seconds[i] ?? []),
    all: seconds[i] ?? [],
  }));
}

/** Seconds of `act`. */
export async function timed(act: () => unknown): Promise<number> {
  const begun = performance.now();
  await act();
  return (performance.now() - begun) / 1000;
}
