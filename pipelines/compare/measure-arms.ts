/** All measures of the arms, one after the other, in the order of the report. */

import type { Arms } from "../../src/compare/arms.ts";
import type { ResampleOptions } from "../../src/compare/compare-arms.ts";
import { compareComposition } from "../../src/compare/composition.ts";
import { compareDiscriminator } from "../../src/compare/discriminator.ts";
import { compareDiversity } from "../../src/compare/diversity.ts";
import { type ArmEmbeddings, compareEmbeddings } from "../../src/compare/embedding.ts";
import { MEASURES, type MeasureName, type MeasureResult } from "../../src/compare/figure.ts";
import { compareKmers } from "../../src/compare/kmer-measures.ts";
import {
  type ArmMatches,
  compareMemorisation,
} from "../../src/compare/memorisation/compare-memorisation.ts";
import { compareMotifs, type MotifFacts } from "../../src/compare/motifs/compare-motifs.ts";
import type { MotifSet } from "../../src/compare/motifs/motif.ts";
import { compareRange } from "../../src/compare/mutual-information.ts";
import { compareRepeats } from "../../src/compare/repeats/compare-repeats.ts";
import type { AbsentMeasure } from "../../src/report/compare-record.ts";
import type { PipelineIo } from "../io.ts";
import { turn } from "../stop.ts";

export interface MeasuredWith {
  readonly motifs: MotifSet;
  readonly motifPValue: number;
  /** Undefined without a run. */
  readonly embeddings: ArmEmbeddings | undefined;
  /** Longest matches to the training set; undefined without one. */
  readonly matches: { readonly generated: ArmMatches; readonly real: ArmMatches } | undefined;
  readonly options: ResampleOptions;
}

export interface MeasuredArms {
  readonly results: readonly MeasureResult[];
  readonly absent: readonly AbsentMeasure[];
  readonly motifs: readonly MotifFacts[];
}

/** Why a measure is missing: no other can be. */
function reasonOf(measure: MeasureName, { embeddings }: MeasuredWith): string {
  if (measure === "memorisation") return "no training set was given (--train)";
  if (measure === "discriminator") return "fewer than 20 sequences of each set";
  return embeddings === undefined ? "no run was given (--run)" : "fewer than 4 sequences";
}

/** @throws the reason of `io.signal` when it aborts */
export async function measureArms(
  arms: Arms,
  measuredWith: MeasuredWith,
  io: PipelineIo,
): Promise<MeasuredArms> {
  const { motifs: motifSet, motifPValue, embeddings, matches, options } = measuredWith;
  let motifs: readonly MotifFacts[] = [];
  const steps: readonly (readonly [string, () => readonly (MeasureResult | undefined)[]])[] = [
    ["composition", () => [compareComposition(arms, options)]],
    [
      "k-mers",
      () => {
        const { spectrum, symmetry } = compareKmers(arms, options);
        return [spectrum, symmetry];
      },
    ],
    ["discriminator", () => [compareDiscriminator(arms, options)]],
    ["embeddings", () => [embeddings && compareEmbeddings(embeddings, options)]],
    ["information by distance", () => [compareRange(arms, options)]],
    ["repeats", () => [compareRepeats(arms, options)]],
    [
      "motifs",
      () => {
        const compared = compareMotifs(arms, motifSet, motifPValue, options);
        motifs = compared.motifs;
        return [compared.result];
      },
    ],
    [
      "memorisation",
      () => [matches && compareMemorisation(matches.generated, matches.real, options)],
    ],
    ["diversity", () => [compareDiversity(arms, options)]],
  ];
  const results: MeasureResult[] = [];
  for (const [done, [note, measure]] of steps.entries()) {
    io.progress.update(done, steps.length, note);
    await turn(io.signal);
    results.push(...measure().filter((result) => result !== undefined));
  }
  io.progress.update(steps.length, steps.length, "measures");
  io.progress.finish();
  const order = (name: MeasureName): number => MEASURES.indexOf(name);
  return {
    results: results.sort((a, b) => order(a.measure) - order(b.measure)),
    absent: MEASURES.filter((name) => results.every(({ measure }) => measure !== name)).map(
      (measure) => ({ measure, reason: reasonOf(measure, measuredWith) }),
    ),
    motifs,
  };
}
