/**
 * Fills the rows of designs, and writes none that breaks a constraint: each is read over by a checker that shares nothing with
 * what steered it, and one that broke is made anew, motifs and all, from draws of its own.
 */

import { SamplingError } from "../../../src/errors.ts";
import type { AddressedRandom } from "../../../src/random/addressed.ts";
import { designViolations } from "../../../src/sampling/constraints/check-design.ts";
import { formatNames } from "../../../src/util/format.ts";
import type { Design, DesignStart } from "./design.ts";

/** Sequences have numbers below this, so that one that is made anew has draws that belong to no other. */
const SAMPLES = 2 ** 32;

/** A sequence that keeps its constraints. */
export interface FilledDesign {
  /** [length] */
  readonly ids: Uint8Array;
  /** Motifs whose places were drawn: `TATAWAW@72`. */
  readonly inserts: readonly string[];
  /** How often it was made before. */
  readonly redraws: number;
}

/** One row to fill. */
export interface OpenDesign {
  readonly start: DesignStart;
  /** Its number among all draws. */
  readonly address: number;
}

/**
 * Fills one design for each sample.
 *
 * @param fill fills rows by whatever samples them; returns [length] ids of each
 * @param random the stream `motifPlace`
 * @throws {SamplingError} when a sequence broke a constraint as often as there are tries
 */
export async function fillDesigns(
  design: Design,
  samples: readonly number[],
  fill: (rows: readonly OpenDesign[]) => Promise<readonly Uint8Array[]>,
  random: AddressedRandom,
): Promise<FilledDesign[]> {
  const { tries } = design.inputs;
  const filled = new Map<number, FilledDesign>();
  let broken: readonly string[] = [];
  for (let redraws = 0; redraws < tries; redraws++) {
    const open = samples.filter((sample) => !filled.has(sample));
    if (open.length === 0) break;
    const rows = open.map((sample) => {
      const address = sample + redraws * SAMPLES;
      return { start: design.begin(random, address), address };
    });
    const made = await fill(rows);
    for (const [i, { start }] of rows.entries()) {
      const ids = made[i] as Uint8Array;
      const violations = designViolations(start.rules, ids);
      if (violations.length > 0) broken = violations;
      else filled.set(open[i] as number, { ids, inserts: start.inserts, redraws });
    }
    if (broken.length > 0 && design.plan.isExact) {
      throw new RangeError(`internal: expected a design that keeps its constraints, got ${broken}`);
    }
  }
  return samples.map((sample) => filled.get(sample) ?? tooOften(sample, tries, broken));
}

function tooOften(sample: number, tries: number, violations: readonly string[]): never {
  throw new SamplingError(
    `expected sequence ${sample + 1} to keep the constraints, but it broke them in ${tries} tries, the last by ` +
      `${formatNames(violations)}: wider ranges of G and C, fewer forbidden sites or --set constraints.tries help`,
  );
}
