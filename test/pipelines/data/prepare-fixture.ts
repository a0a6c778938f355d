/** A genome that `gdiff data prepare` is tried on, in a folder of the test file's own. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import type { Finished } from "../../cli/spawn-program.ts";
import { gdiff, testFolder } from "../support/tiny-run.ts";

/** 30 contigs of DNA with lower-case stretches and a few N, 65 bases a line. */
const bases = Array.from({ length: 4000 }, (_, i) => {
  const letter = "ACGT"[(i * i + (i >> 3)) % 4] as string;
  if (i % 500 < 3) return "N";
  return i % 90 < 30 ? letter.toLowerCase() : letter;
}).join("");
export const GENOME_TEXT: string = Array.from({ length: 30 }, (_, i) => {
  const rotated = bases.slice(100 * i) + bases.slice(0, 100 * i);
  return `>contig_${i}\n${rotated.replaceAll(/.{65}/g, "$&\n")}\n`;
}).join("");

/** Runs `gdiff data prepare --out out`. */
export function prepare(out: string, ...args: readonly string[]): Promise<Finished> {
  return gdiff(["data", "prepare", "--out", out, ...args]);
}

export interface PrepareFixture {
  /** The test file's folder. */
  readonly folder: string;
  /** The genome. */
  readonly fasta: string;
  /** What windows are made, but not how many. */
  readonly options: readonly string[];
  /** A folder of 900 training windows, made before the tests. */
  readonly whole: string;
  /** A path in the folder. */
  inFolder(name: string): string;
}

export function prepareFixture(): PrepareFixture {
  const folder = testFolder();
  const inFolder = (name: string): string => join(folder, name);
  const fasta = inFolder("own genome.fa");
  const options = ["--fasta", fasta, "--length", "100", "--seed", "7", "--shard-bytes", "20000"];
  const whole = inFolder("whole");
  beforeAll(async () => {
    writeFileSync(fasta, GENOME_TEXT);
    const { code, stdout } = await prepare(whole, ...options, "--windows", "900");
    expect([code, stdout]).toEqual([0, ""]);
  });
  return { folder, fasta, options, whole, inFolder };
}
