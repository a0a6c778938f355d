/** The backbone of pretraining with a head over classes. */

import { classifier, tunedClassifier } from "../../src/model/classifier.ts";
import {
  type ClassifierConfig,
  classifierShapes,
  tunedNames,
} from "../../src/model/classifier-config.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { classificationLoss } from "../../src/train/classification/classification-loss.ts";
import { paddedRows } from "../../src/train/classification/padded-rows.ts";
import type { FinetuneNetwork, PredictingNetwork } from "./network.ts";
import { logitsOfRows } from "./predict-part.ts";
import type { ClassifierSection } from "./sections.ts";
import { tunedOf } from "./tune-type.ts";

/** The size of a run's classifier. */
export function classifierConfig(
  {
    width,
    layers,
    heads,
    attention,
    blockLength,
    isToldNoise,
    headWidth,
    classes: told,
    head,
  }: ClassifierSection,
  classes: number,
): ClassifierConfig {
  const backbone = {
    ...{ width, layers, heads },
    ...(attention === undefined ? {} : { attention }),
    ...(isToldNoise === undefined ? {} : { isToldNoise }),
    ...(blockLength === undefined ? {} : { blockLength }),
    ...(headWidth === undefined ? {} : { headWidth }), // of the run that it begins from
    ...(told === undefined ? {} : { classes: told }),
  };
  return { backbone, head, classes };
}

export function transformerPrediction(
  section: ClassifierSection,
  classes: number,
): PredictingNetwork {
  const config = classifierConfig(section, classes);
  return {
    shapes: classifierShapes(config),
    logits: (params, rows) => classifier(params, config, rows),
  };
}

/**
 * Returns the network with copies of `weights`. Its passes read every sequence anew.
 *
 * @param valid token ids of the sequences that epochs are scored on
 * @throws {ConfigError} when more blocks shall be tuned than there are
 */
export function transformerNetwork(
  section: ClassifierSection,
  classes: number,
  weights: NamedArrays,
  valid: readonly Uint8Array[],
): FinetuneNetwork {
  const config = classifierConfig(section, classes);
  const part = tunedOf(section.tune);
  const tuned = tunedNames(config, part);
  const start = paramsFromArrays(weights);
  const prediction = transformerPrediction(section, classes);
  return {
    ...prediction,
    tuned,
    start,
    passes: async () => ({
      loss: classificationLoss(({ ids }) => tunedClassifier(start, config, part, paddedRows(ids))),
      validLogits: (params, rows) => logitsOfRows(prediction, params, valid)(rows),
    }),
    statistics: async () => ({}),
    dispose: () => disposeParams(start),
  };
}
