/** How many network evaluations a sequence takes, and how many where nobody says. */

import type { ChosenConfig } from "./check-method.ts";
import type { SampleRequest } from "./requests.ts";
import type { ChosenSample } from "./sample-options.ts";

const BASES_A_CALL = 4;
const LEAST_CALLS = 32;

/**
 * Returns the calls for `free` bases that are to be filled: in random order one for 4 of them, 32 at least, which told no samples of a
 * network of GRCh38 from those of a call a base (bench/LOG.md); with any other method, and window after window, one a base.
 *
 * @param isReweighed whether a classifier or particles are there for the sake of a law that holds base by base
 */
export function defaultCalls(
  free: number,
  { method, stride }: Pick<ChosenSample, "method" | "stride">,
  isReweighed: boolean,
): number {
  if (method !== "random-order" || stride !== undefined || isReweighed) return free;
  return Math.min(free, Math.max(LEAST_CALLS, Math.ceil(free / BASES_A_CALL)));
}

/** Returns the calls of a request's sequences. */
export function callsOf(
  { free, design }: Pick<SampleRequest, "free" | "design">,
  { sample, classifier }: Pick<ChosenConfig, "sample" | "classifier">,
): number {
  const isReweighed = classifier !== undefined || design?.inputs.asked.particles !== undefined;
  return sample.calls ?? defaultCalls(design?.free ?? free, sample, isReweighed);
}
