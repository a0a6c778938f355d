/** Logistic regression of one number a sequence, cut into bins: what its length, or its GC share, gives away. */

import { binnedFeatures, quantileCuts } from "../../stats/features/binned-features.ts";
import { gcShare } from "../../stats/features/gc-share.ts";
import { chooseL2 } from "../../stats/logistic/choose-l2.ts";
import { predictLogistic } from "../../stats/logistic/logistic-model.ts";
import type { Baseline } from "./baseline.ts";

/** Training sequences a bin, on average, at least. */
const LEAST_A_BIN = 20;

function oneNumber(
  name: string,
  numberOf: (ids: Uint8Array) => number,
  mostBins: number,
): Baseline {
  return {
    name,
    fit: (train, valid) => {
      const numbers = Float64Array.from(train.ids, numberOf);
      const bins = Math.min(mostBins, Math.ceil(numbers.length / LEAST_A_BIN));
      const cuts = quantileCuts(numbers, bins);
      const featuresOf = (ids: readonly Uint8Array[]) =>
        binnedFeatures(Float64Array.from(ids, numberOf), cuts);
      const { model } = chooseL2(
        { features: featuresOf(train.ids), labels: train.labels },
        { features: featuresOf(valid.ids), labels: valid.labels },
        train.classes,
      );
      return (ids) => predictLogistic(model, featuresOf(ids));
    },
  };
}

/**
 * Length in bases. Bins are narrow because classes that were made by different pipelines differ in exact lengths, not
 * in long ones: in human_ensembl_regulatory, a third of the enhancers have 200 bases.
 */
export const lengthOnly: Baseline = oneNumber("length", (ids) => ids.length, 512);

/** Share of G and C; of a sequence without any base, one half. */
export const gcOnly: Baseline = oneNumber("gc", (ids) => gcShare(ids) ?? 0.5, 32);
