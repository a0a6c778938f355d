/** What a sequence is to be: a class that the run is told, and how strongly it is pulled there. */

import type { OptionTable } from "../../src/config/option-table.ts";
import { nonNegativeNumber, text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import type { LoadedRun } from "../load-run.ts";

export interface ClassConfig {
  /** One of the run's classes; absent is none. */
  readonly label?: string;
  /** Strength of guidance, with a label; absent is 1, the prediction that is told the class. */
  readonly guidance?: number;
}

export const classOptions: OptionTable<ClassConfig> = {
  label: {
    type: text("NAME"),
    default: undefined,
    flag: "--label",
    help: "a class of a run that gdiff pretrain --labels made",
  },
  guidance: {
    type: nonNegativeNumber(),
    default: undefined,
    flag: "--guidance",
    help: "pull towards --label: 1 as the run was told it, above 1 more, at twice the cost; 0 not",
  },
};

/** @throws {ConfigError} when there is nothing to be guided to */
export function expectClass({ label, guidance }: ClassConfig): void {
  if (guidance === undefined || label !== undefined) return;
  throw new ConfigError(
    `expected --label with --guidance, got ${guidance} without a class to guide to`,
  );
}

/**
 * Returns the number of the class that is asked for, as the run counts it.
 *
 * @throws {ConfigError} when the run is told no classes or not this one, or guidance needs what it never learnt
 */
export function labelOf({ label, guidance = 1 }: ClassConfig, run: LoadedRun): number | undefined {
  if (label === undefined) return undefined;
  const { model, labelled } = run.config;
  if (model.classes === undefined) {
    throw new ConfigError(
      `expected a run that is told classes with --label ${label}, got ${run.checkpoint}, which is told none (gdiff pretrain --labels makes one)`,
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
