/** A set of the benchmark as its trials and its report read it. */

import { modelsOf } from "./check-options.ts";
import { expectFit } from "./expect-fit.ts";
import type { BenchmarkConfig } from "./options.ts";
import { type SeedParts, seedParts } from "./seed-parts.ts";
import { type GivenSet, readSet, type SetFiles } from "./set-files.ts";

export interface OpenedSet {
  readonly given: GivenSet;
  /** Drawn when first asked for. @throws {ConfigError} when a class has too few sequences for a part */
  readonly partsOf: (seed: number) => SeedParts;
}

/**
 * Reads the files of a set.
 *
 * @throws {VerificationError} when they are not what was written
 * @throws {ConfigError} when a model cannot read the set
 */
export async function openSet(files: SetFiles, config: BenchmarkConfig): Promise<OpenedSet> {
  const given = await readSet(files);
  expectFit(given, modelsOf(config));
  const drawn = new Map<number, SeedParts>();
  return {
    given,
    partsOf(seed) {
      const parts = drawn.get(seed) ?? seedParts(given, config.data, seed);
      drawn.set(seed, parts);
      return parts;
    },
  };
}
