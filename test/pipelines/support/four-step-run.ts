/** A run of four steps on a small FASTA, made before the tests, of which they take copies. */

import { cpSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import type { Finished } from "../../cli/spawn-program.ts";
import { gdiff, pretrain, testFolder } from "./tiny-run.ts";

export interface FourStepRun {
  /** The test file's folder. */
  readonly folder: string;
  /** The run, with checkpoints of steps 2 and 4. */
  readonly base: string;
  readonly fasta: string;
  /** The bases of its contig, `1`. */
  readonly sequence: string;
  /** A copy of the run, in a folder of its own. */
  copyOfRun(): string;
}

export function fourStepRun(): FourStepRun {
  const folder = testFolder();
  const base = join(folder, "base");
  const fasta = join(folder, "a.fa");
  const sequence = "ACGTTGCAAC".repeat(100);
  beforeAll(async () => {
    writeFileSync(fasta, `>1\n${sequence}\n`);
    const args = ["--fasta", fasta, "--steps", "4", "--set", "train.saveEvery=2", "--out", base];
    const made = await pretrain(args);
    expect([made.code, readdirSync(join(base, "checkpoints"))]).toEqual([0, ["step-2", "step-4"]]);
  });
  const copyOfRun = (): string => {
    const run = join(mkdtempSync(join(folder, "run-")), "run");
    cpSync(base, run, { recursive: true });
    return run;
  };
  return { folder, base, fasta, sequence, copyOfRun };
}

/** Goes on with a run; its config.yaml holds the rest. */
export function resumeRun(run: string, flags: readonly string[] = []): Promise<Finished> {
  return gdiff(["pretrain", "--resume", "--out", run, ...flags]);
}
