/** The two measures that are made of k-mer counts, which are counted and drawn anew once. */

import { type AdditiveMeasure, compareAdditive } from "./additive.ts";
import type { Arms } from "./arms.ts";
import type { ResampleOptions } from "./compare-arms.ts";
import type { MeasureResult } from "./figure.ts";
import { ALL_KMERS, addKmers } from "./kmer-counts.ts";
import { SPECTRUM_NUMBERS, spectrumNumbers, spectrumResult } from "./kmer-spectrum.ts";
import { symmetryNumbers, symmetryResult } from "./strand-symmetry.ts";

const measure: AdditiveMeasure = {
  width: ALL_KMERS,
  add: addKmers,
  numbers: (own, reference) =>
    Float64Array.of(...spectrumNumbers(own, reference), ...symmetryNumbers(own)),
};

export interface KmerMeasures {
  readonly spectrum: MeasureResult;
  readonly symmetry: MeasureResult;
}

export function compareKmers(arms: Arms, options: ResampleOptions): KmerMeasures {
  const { blocks, numbers } = compareAdditive(measure, arms, options);
  return {
    spectrum: spectrumResult(blocks, numbers.slice(0, SPECTRUM_NUMBERS)),
    symmetry: symmetryResult(blocks, numbers.slice(SPECTRUM_NUMBERS)),
  };
}
