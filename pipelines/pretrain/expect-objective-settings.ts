/** Which settings of training go with the objective. */

import type { ObjectiveSettings } from "../../src/diffusion/objective.ts";
import { WEIGHTED_TIME_SAMPLINGS } from "../../src/diffusion/time-sampling.ts";
import { ConfigError } from "../../src/errors.ts";
import { DEFAULT_NOISE, type TrainConfig } from "./sections.ts";

/**
 * Checks the settings that mean something to some objectives only.
 *
 * @throws {ConfigError} when one is set that the objective does not have
 */
export function expectObjectiveSettings(
  { objective, maskWarmup, noise, timeSampling, timeSteps, randomLengthShare }: TrainConfig,
  { hasMaskWarmup, timeSamplings, hasTimeSteps, hasRandomLengths, noises }: ObjectiveSettings,
): void {
  if (!hasMaskWarmup && maskWarmup > 0) {
    throw new ConfigError(
      `expected train.maskWarmup of 0 with train.objective ${objective}, which has no heavy masks to warm up for, got ${maskWarmup}`,
    );
  }
  if (!noises.includes(noise) && noise !== DEFAULT_NOISE) {
    throw new ConfigError(
      noises.length === 0
        ? `expected no train.noise with train.objective ${objective}, which has none, got ${noise}`
        : `expected train.noise of ${noises.join(" or ")} with train.objective ${objective}, got ${noise}`,
    );
  }
  if (timeSampling !== "stratified" && !timeSamplings.includes(timeSampling)) {
    throw new ConfigError(
      timeSamplings.length === 0
        ? `expected no train.timeSampling with train.objective ${objective}, which has no times to draw, got ${timeSampling}`
        : `expected train.timeSampling of ${timeSamplings.join(" or ")} with train.objective ${objective}, got ${timeSampling}`,
    );
  }
  if (!hasRandomLengths && randomLengthShare > 0) {
    throw new ConfigError(
      `expected train.randomLengthShare of 0 with train.objective ${objective}, whose windows are not cut, got ${randomLengthShare}`,
    );
  }
  if (timeSteps === undefined) return;
  if (!hasTimeSteps) {
    throw new ConfigError(
      `expected no train.timeSteps with train.objective ${objective}, which is not in discrete time, got ${timeSteps}`,
    );
  }
  if (!WEIGHTED_TIME_SAMPLINGS.includes(timeSampling)) {
    throw new ConfigError(
      `expected train.timeSampling of ${WEIGHTED_TIME_SAMPLINGS.join(" or ")} with train.timeSteps, got ${timeSampling}`,
    );
  }
}
