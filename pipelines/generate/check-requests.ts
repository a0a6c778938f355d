/** Whether the run's method can fill every row that is asked for: said before the network is called and anything is written. */

import { ConfigError, SamplingError } from "../../src/errors.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { checkStrided } from "../../src/sampling/strided.ts";
import type { ChosenConfig } from "./check-method.ts";
import { callsOf } from "./default-calls.ts";
import { METHODS, type SampledModel } from "./methods.ts";
import type { SampleRequest } from "./requests.ts";

/**
 * Checks the rows of requests as they stand before they are filled: with the bases of constraints, and motifs where they are drawn to.
 *
 * @param where of a request, for messages: a file and its record; empty without one
 * @throws {ConfigError} when the method fills no such row, or has fewer calls than it needs
 */
export function checkRequests(
  requests: Iterable<SampleRequest>,
  config: ChosenConfig,
  model: SampledModel,
  where: (request: SampleRequest) => string,
): void {
  const check = rowCheck(config, model);
  if (check === undefined) return;
  const random = addressedRandom(config.seed, "motifPlace");
  let last: Uint8Array | undefined; // rows that are alike are checked once
  for (const request of requests) {
    if (request.ids === last) continue;
    const start = request.design?.begin(random, request.sample);
    last = start === undefined || start.inserts.length === 0 ? request.ids : undefined;
    try {
      check(start?.ids ?? request.ids, callsOf(request, config));
    } catch (error) {
      if (!(error instanceof SamplingError)) throw error;
      throw new ConfigError(`${where(request)}${error.message}`, { cause: error });
    }
  }
}

/** The check of one row, window by window where the window moves; undefined where any row can be filled. */
function rowCheck(
  { sample: { method, stride } }: ChosenConfig,
  model: SampledModel,
): ((ids: Uint8Array, calls: number) => void) | undefined {
  const { check } = METHODS[method];
  const whole = check && ((ids: Uint8Array, calls: number) => check(ids, calls, model));
  if (stride === undefined) return whole;
  return (ids, calls) =>
    checkStrided(ids, { window: model.window, stride, calls }, whole ?? (() => {}));
}
