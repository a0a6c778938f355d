/** Which of the options that name a genome and its splits go together. */

import { ConfigError } from "../src/errors.ts";
import type { SplitConfig } from "./split-options.ts";

/** @throws {ConfigError} when values do not go together */
export function expectSplits(data: SplitConfig): void {
  const sources = [data.genome, data.fasta].filter((source) => source !== undefined);
  if (sources.length === 0) throw new ConfigError("expected --genome or --fasta, got neither");
  if (sources.length === 2) {
    throw new ConfigError(
      `expected --genome or --fasta, got both: ${data.genome} and ${data.fasta} (--set data.genome=null drops one)`,
    );
  }
  const split = (["train", "valid", "test"] as const).find((name) => data[name] !== undefined);
  if (data.bed !== undefined && split !== undefined) {
    throw new ConfigError(`expected --bed or --${split}, got both: a BED file names every split`);
  }
  const ofBed = (
    [
      ["--valid-fold", data.validFold],
      ["--test-fold", data.testFold],
      ["--extend", data.extend],
    ] as const
  ).find(([, value]) => value !== undefined);
  if (data.bed === undefined && ofBed !== undefined) {
    throw new ConfigError(`expected --bed with ${ofBed[0]}, which is about its rows`);
  }
  if (data.extend !== undefined && data.extend < data.length) {
    throw new ConfigError(
      `expected --extend of at least --length (${data.length} bases), got ${data.extend}: a row holds no window`,
    );
  }
}
