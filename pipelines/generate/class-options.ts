/** What a sequence is to be: a class that the run is told or a classifier knows, and how strongly it is pulled there. */

import type { OptionTable } from "../../src/config/option-table.ts";
import { choice, nonNegativeNumber, text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import type { LoadedRun } from "../load-run.ts";

/** What is asked of a classifier: every candidate, or one gradient. */
const GUIDANCE_ORDERS = ["exact", "first"] as const;
export type GuidanceOrder = (typeof GUIDANCE_ORDERS)[number];

export interface ClassConfig {
  /** One of the classes of the run, or of the classifier where there is one; absent is none. */
  readonly label?: string;
  /** Strength of guidance, with a label; absent is 1: the prediction that is told the class, or Bayes' rule. */
  readonly guidance?: number;
  /** Fine-tuned run that guides a run that is told nothing. */
  readonly classifier?: string;
  /** Absent is exact. */
  readonly guidanceOrder?: GuidanceOrder;
}

export const classOptions: OptionTable<ClassConfig> = {
  label: {
    type: text("NAME"),
    default: undefined,
    flag: "--label",
    help: "a class of a run that gdiff pretrain --labels made, or of --classifier",
  },
  guidance: {
    type: nonNegativeNumber(),
    default: undefined,
    flag: "--guidance",
    help: "pull towards --label: 1 as it is without this, above 1 more (a run that is told it then costs twice), 0 not",
  },
  classifier: {
    type: text("RUN"),
    default: undefined,
    flag: "--classifier",
    help: "a run of gdiff finetune --mask-share uniform that pulls towards --label",
  },
  guidanceOrder: {
    type: choice(GUIDANCE_ORDERS),
    default: undefined,
    flag: "--guidance-order",
    help: "exact (without this): the classifier reads four rows a base; first: one gradient a call, rougher",
  },
};

/** @throws {ConfigError} when there is nothing to be guided to, or by */
export function expectClass({ label, guidance, classifier, guidanceOrder }: ClassConfig): void {
  if (guidanceOrder !== undefined && classifier === undefined) {
    throw new ConfigError(
      `expected --classifier with --guidance-order, got ${guidanceOrder} without a classifier to ask`,
    );
  }
  if (label !== undefined) return;
  const [flag, value] =
    classifier === undefined ? ["--guidance", guidance] : ["--classifier", classifier];
  if (value === undefined) return;
  throw new ConfigError(`expected --label with ${flag}, got ${value} without a class to guide to`);
}

/**
 * Returns the number of the class that the run is told, as it counts it; undefined for none, and where a classifier guides.
 *
 * @throws {ConfigError} when the run is told no classes or not this one, or guidance needs what it never learnt
 */
export function labelOf(
  { label, guidance = 1, classifier }: ClassConfig,
  run: LoadedRun,
): number | undefined {
  if (label === undefined || classifier !== undefined) return undefined;
  const { model, labelled } = run.config;
  if (model.classes === undefined) {
    throw new ConfigError(
      `expected a run that is told classes with --label ${label}, got ${run.checkpoint}, which is told none (gdiff pretrain --labels makes one; or give --classifier)`,
    );
  }
  const place = model.classes.indexOf(label);
  if (place < 0) {
    throw new ConfigError(
      `expected --label to be one of ${model.classes.join(", ")}, got ${label}`,
    );
  }
  if (guidance !== 1 && labelled.labelDropout === 0) {
    throw new ConfigError(
      `expected --guidance 1 with ${run.checkpoint}, got ${guidance}: it never saw a window without its class (--label-dropout 0)`,
    );
  }
  return place;
}
