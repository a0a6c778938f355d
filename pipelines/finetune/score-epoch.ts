/** What the weights at the end of an epoch come to on valid. */

import { TrainingError } from "../../src/errors.ts";
import { accuracy } from "../../src/stats/metrics/accuracy.ts";
import { logLoss } from "../../src/stats/metrics/log-loss.ts";
import { measure } from "../../src/stats/metrics/metric.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import { AND_RESUME } from "../../src/train/and-resume.ts";
import type { EpochScore } from "./better-epoch.ts";
import type { TrainingPasses } from "./network.ts";
import type { OpenedLabelled } from "./open-labelled.ts";
import { type PredictPartOptions, predictPart } from "./predict-part.ts";

/**
 * Scores `params`, which are all that prediction needs.
 *
 * @throws {TrainingError} when the loss on valid is not finite
 */
export async function scoreEpoch(
  epoch: number,
  { validLogits }: TrainingPasses,
  params: ParamTree,
  valid: OpenedLabelled["valid"],
  options: PredictPartOptions,
): Promise<EpochScore> {
  const predictions = await predictPart((rows) => validLogits(params, rows), valid, options);
  const lossNats = measure(logLoss, predictions) as number;
  if (!Number.isFinite(lossNats)) {
    throw new TrainingError(
      `expected a finite loss on valid after epoch ${epoch}, got ${lossNats}: ` +
        `lower --lr or lengthen the warm-up${AND_RESUME}`,
    );
  }
  return { epoch, accuracy: measure(accuracy, predictions) as number, lossNats };
}
