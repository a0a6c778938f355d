/** Whether blocks, windows and the rates that blocks are masked at go together. */

import { ConfigError } from "../../src/errors.ts";
import type { DataConfig, ModelConfig, TrainConfig } from "./sections.ts";

/** @throws {ConfigError} when blocks are longer than windows, or the rates that bd3 masks at are no range or another objective's */
export function expectBlocks(
  { blockLength }: ModelConfig,
  { length }: DataConfig,
  { objective, maskFrom, maskTo }: TrainConfig,
): void {
  const [from, to] = [maskFrom ?? 0, maskTo ?? 1];
  if (blockLength === undefined && (maskFrom ?? maskTo) !== undefined) {
    throw new ConfigError(
      `expected train.maskFrom and train.maskTo with train.objective bd3 only, got ${from} and ${to} with ${objective}`,
    );
  }
  if (blockLength !== undefined && blockLength > length) {
    throw new ConfigError(
      `expected model.blockLength of at most the ${length} bases of a window, got ${blockLength}`,
    );
  }
  if (from > to || to === 0) {
    throw new ConfigError(
      `expected train.maskFrom of at most train.maskTo, and that above 0, got ${from} and ${to}`,
    );
  }
}
