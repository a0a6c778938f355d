/** Logistic regression of 6-mer counts: bags of short words, no order, no position. */

import { kmerFeatures } from "../../stats/features/kmer-features.ts";
import { type ChosenLogistic, chooseL2 } from "../../stats/logistic/choose-l2.ts";
import { predictLogistic } from "../../stats/logistic/logistic-model.ts";
import type { Baseline, LabelledIds } from "./baseline.ts";

/** Bases of a k-mer. */
export const KMER_BASES = 6;
/** The validation loss moves by less than 2e-4 nats below it. */
const TOLERANCE = 3e-4;
/** Training sequences that the treatment of strands is chosen with; the penalty that suits so many suits all, about. */
const ENOUGH = 20_000;
/** Penalties tried with all sequences, as multiples of the one that suited those. */
const AROUND = [3, 1, 1 / 3];

interface Choice extends ChosenLogistic {
  readonly isStrandless: boolean;
}

/**
 * Features are ln(1 + count), of each k-mer or of each together with its reverse complement, whichever gives the
 * validation labels more probability: promoters have a strand, enhancers have none.
 */
export const kmerLogistic: Baseline = {
  name: "kmer6",
  fit: (train, valid) => {
    const some = evenly(train, ENOUGH);
    const [strandless, forward] = [true, false].map((isStrandless) =>
      choose(some, valid, isStrandless),
    ) as [Choice, Choice];
    const quick = strandless.nats <= forward.nats ? strandless : forward;
    const { isStrandless } = quick;
    const grid = AROUND.map((factor) => factor * quick.model.l2);
    const { model } = some === train ? quick : choose(train, valid, isStrandless, grid);
    return (ids) => predictLogistic(model, kmerFeatures(ids, { length: KMER_BASES, isStrandless }));
  },
};

function choose(
  train: LabelledIds,
  valid: LabelledIds,
  isStrandless: boolean,
  grid?: readonly number[],
): Choice {
  const pack = ({ ids, labels }: LabelledIds) => ({
    features: kmerFeatures(ids, { length: KMER_BASES, isStrandless }),
    labels,
  });
  const options = { tolerance: TOLERANCE, ...(grid === undefined ? {} : { grid }) };
  return { ...chooseL2(pack(train), pack(valid), train.classes, options), isStrandless };
}

/** About `most` sequences: of each class its share, evenly spaced, in whatever order classes stand. */
function evenly(all: LabelledIds, most: number): LabelledIds {
  const size = all.ids.length;
  if (size <= most) return all;
  const ofClass = Array.from({ length: all.classes }, (): number[] => []);
  for (const [i, label] of all.labels.entries()) ofClass[label]?.push(i);
  const places = ofClass.flatMap((members) => {
    const count = Math.ceil((members.length * most) / size);
    return Array.from({ length: count }, (_, i) => {
      return members[Math.floor((i * members.length) / count)] as number;
    });
  });
  return {
    ids: places.map((place) => all.ids[place] as Uint8Array),
    labels: Int32Array.from(places, (place) => all.labels[place] as number),
    classes: all.classes,
  };
}
