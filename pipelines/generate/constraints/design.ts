/** What one record, or a sequence without a prompt, is designed by. */

import { ConfigError, SamplingError } from "../../../src/errors.ts";
import type { AddressedRandom } from "../../../src/random/addressed.ts";
import type { DesignPlan } from "../../../src/sampling/constraints/design-plan.ts";
import type { DesignRow } from "../../../src/sampling/constraints/design-row.ts";
import type { DesignRules } from "../../../src/sampling/constraints/design-rules.ts";
import { feasiblePlan } from "../../../src/sampling/constraints/feasible-plan.ts";
import { describeMotifConflict } from "../../../src/sampling/constraints/motif-conflict.ts";
import { MotifPlacer } from "../../../src/sampling/constraints/motif-places.ts";
import { positionPrior } from "../../../src/sampling/position-prior.ts";
import { MASK_ID } from "../../../src/tokens/alphabet.ts";
import { formatCount, formatNames } from "../../../src/util/format.ts";
import type { ConstraintInputs } from "./constraint-inputs.ts";
import { designRequest } from "./design-request.ts";

/** What stands, and may stand, before anything is designed. */
export interface Template {
  /** Of the record; absent without one. */
  readonly id?: string;
  /** [length] MASK where free */
  readonly ids: Uint8Array;
  /** [length] from --iupac */
  readonly sets?: Uint8Array;
}

/** One sequence before it is filled. */
export interface DesignStart {
  /** The rules, with the motifs where they stand in this sequence. */
  readonly rules: DesignRules;
  /** [length] MASK where free */
  readonly ids: Uint8Array;
  /** `TATAWAW@72`, in the order asked for; those whose place was drawn. */
  readonly inserts: readonly string[];
  row(): DesignRow;
}

export interface Design {
  readonly inputs: ConstraintInputs;
  readonly plan: DesignPlan;
  /** Positions to fill before motifs are placed; calls are counted by them. */
  readonly free: number;
  /** [length, 4] what is added to logits */
  readonly prior?: Float64Array;
  /**
   * Places the motifs of a sequence.
   *
   * @param random the stream `motifPlace`
   * @param address of the sequence and of how often it was made anew
   * @throws {SamplingError} when motifs are so crowded that places for all were not found
   */
  begin(random: AddressedRandom, address: number): DesignStart;
}

/**
 * Returns the design of a template.
 *
 * @throws {ConfigError} when no sequence keeps the constraints, with the positions that say so
 */
export function planDesign(template: Template, inputs: ConstraintInputs): Design {
  try {
    return plan(template, inputs);
  } catch (error) {
    if (!(error instanceof ConfigError) || template.id === undefined) throw error;
    throw new ConfigError(`record ${template.id}: ${error.message}`, { cause: error });
  }
}

function plan(template: Template, inputs: ConstraintInputs): Design {
  const { rules, motifs } = designRequest(template, inputs.asked);
  const { length } = template.ids;
  const plan = feasiblePlan(rules);
  const placer = new MotifPlacer(plan, rules.sets, motifs);
  if (placer.leftmost() === undefined) {
    throw new ConfigError(
      `no sequence keeps the constraints: ${describeMotifConflict(rules, plan, motifs)}`,
    );
  }
  const free = startIds(rules.sets).filter((id) => id === MASK_ID).length;
  if (free === 0) throw new ConfigError("expected positions to fill, got none that are free");
  const outside = inputs.matrices.find(
    ({ matrix, start }) => start + matrix.probabilities.length / 4 > length,
  );
  if (outside !== undefined) {
    throw new ConfigError(
      `expected --pwm within ${formatCount(length)} bases, got a matrix at ${formatCount(outside.start + 1)}-${formatCount(outside.start + outside.matrix.probabilities.length / 4)}`,
    );
  }
  return {
    inputs,
    plan,
    free,
    ...(inputs.matrices.length === 0 ? {} : { prior: positionPrior(length, inputs.matrices) }),
    begin(random, address) {
      const places = placer.place(random, address);
      if (places === undefined) {
        throw new SamplingError(
          `expected places for ${formatNames(motifs.map(({ name }) => name))} by chance, found none: --insert with more room after ~ helps`,
        );
      }
      const { sets, starts } = places;
      return {
        rules: { ...rules, sets },
        ids: startIds(sets),
        inserts: motifs.map(({ name }, i) => `${name}@${(starts[i] as number) + 1}`),
        row: () => plan.row(sets),
      };
    },
  };
}

/** Bases where nothing else may stand, MASK elsewhere. */
function startIds(sets: Uint8Array): Uint8Array {
  return sets.map((set) => ([1, 2, 4, 8].includes(set) ? Math.log2(set) : MASK_ID));
}
