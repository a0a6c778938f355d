/** An option that the chosen method does not take is refused, not ignored. */

import { ConfigError } from "../../src/errors.ts";
import { METHODS } from "./methods.ts";
import { type MethodOptions, methodOptions, type SampleConfig } from "./sample-options.ts";

const KEYS = Object.keys(methodOptions) as (keyof MethodOptions)[];

/** @throws {ConfigError} when an option is given that belongs to other methods */
export function checkMethod(sample: SampleConfig): void {
  const { takesCalls, settings } = METHODS[sample.method];
  const chosen = settings(sample);
  const isTaken = (key: keyof MethodOptions): boolean =>
    key === "calls" ? takesCalls : key in chosen;
  const stray = KEYS.find((key) => sample[key] !== undefined && !isTaken(key));
  if (stray === undefined) return;
  const flag = (key: keyof MethodOptions): string => methodOptions[key].flag ?? key;
  const name = `--method ${sample.method}${chosen.remask === undefined ? "" : ` --remask ${chosen.remask}`}`;
  const taken = KEYS.filter(isTaken).map(flag).join(", ");
  throw new ConfigError(
    `expected only flags that ${name} takes (${taken || "none of its own"}), got ${flag(stray)}`,
  );
}
