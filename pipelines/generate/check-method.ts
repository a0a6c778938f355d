/** The method that a run is sampled with; an option that it does not take is refused, not ignored. */

import type { Objective } from "../../src/diffusion/objective.ts";
import { ConfigError } from "../../src/errors.ts";
import { defaultSampler, samplersOf } from "../../src/sampling/samplers-of.ts";
import { METHODS } from "./methods.ts";
import type { GenerateConfig } from "./options.ts";
import { type ChosenSample, type MethodOptions, methodOptions } from "./sample-options.ts";

const KEYS = Object.keys(methodOptions) as (keyof MethodOptions)[];

/** A configuration whose method and run are known. */
export interface ChosenConfig extends GenerateConfig {
  readonly sample: ChosenSample;
  /** Of the run. */
  readonly process: Objective["process"];
}

/**
 * Takes the default method of the run's objective where none was asked for, and the noise that its network knows where it is told any.
 *
 * @throws {ConfigError} when models of the objective are not sampled so, or not with these options
 */
export function chooseMethod(
  config: GenerateConfig,
  {
    name,
    attention,
    process,
    toldSchedule,
  }: Pick<Objective, "name" | "attention" | "process" | "toldSchedule">,
): ChosenConfig {
  const { method = defaultSampler(name) } = config.sample;
  const known = Object.keys(samplersOf(name));
  if (!known.includes(method)) {
    throw new ConfigError(
      `expected --method of ${known.join(", ")} with ${config.run}, a run of --objective ${name}, got ${method}`,
    );
  }
  if (attention !== "full" && config.strand === "average") {
    throw new ConfigError(
      `expected --strand forward with ${config.run}, which reads from left to right, got average: the other strand is the other direction`,
    );
  }
  if ((process !== "absorbing" || attention !== "full") && config.classifier !== undefined) {
    const reads = attention === "full" ? "redraws bases" : "reads from left to right";
    throw new ConfigError(
      `expected a run that fills in hidden bases with --classifier, got ${config.run}, which ${reads}: a classifier reads rows of hidden bases`,
    );
  }
  const { noise = toldSchedule } = config.sample;
  const sample = { ...config.sample, method, ...(noise === undefined ? {} : { noise }) };
  checkMethod(sample);
  return { ...config, sample, process };
}

/**
 * Checks what can be checked without the run, once the method is known.
 *
 * @throws {ConfigError} when an option is given that belongs to other methods
 */
export function checkMethod(sample: ChosenSample): void {
  const { method } = sample;
  const { takesCalls, settings } = METHODS[method];
  const chosen = settings(sample);
  const isTaken = (key: keyof MethodOptions): boolean =>
    key === "calls" ? takesCalls : key in chosen;
  const stray = KEYS.find((key) => sample[key] !== undefined && !isTaken(key));
  if (stray === undefined) return;
  const flag = (key: keyof MethodOptions): string => methodOptions[key].flag ?? key;
  const name = `--method ${method}${chosen.remask === undefined ? "" : ` --remask ${chosen.remask}`}`;
  const taken = KEYS.filter(isTaken).map(flag).join(", ");
  throw new ConfigError(
    `expected only flags that ${name} takes (${taken || "none of its own"}), got ${flag(stray)}`,
  );
}
