/** A study of an exact and a two-stage arm on some thousand bases, made before the tests, and what it left. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import type { StudyRecord } from "../../../src/report/study-record.ts";
import type { Finished } from "../../cli/spawn-program.ts";
import { writePlacedSet } from "../benchmark/small-sets.ts";
import { gdiff, TINY, testFolder } from "../support/tiny-run.ts";

export const ARMS = ["ar", "mlm+mdlm"] as const;
export const SEEDS = [1, 2] as const;
/** 128 bases a step: 13 steps, for both arms. */
export const TOKENS = 1664;

export interface SmallStudy {
  readonly folder: string;
  /** The study's folder. */
  readonly out: string;
  done(): Finished;
  /** How long it took. */
  elapsedMs(): number;
  /** Arguments of the same study in another folder, with more behind them. */
  argsFor(out: string, more?: readonly string[]): readonly string[];
}

export function smallStudy(): SmallStudy {
  const folder = testFolder();
  const [out, fasta] = [join(folder, "out"), join(folder, "genome.fa")];
  const argsFor = (to: string, more: readonly string[] = []): readonly string[] => [
    ...["study", "objectives", "--fasta", fasta, "--train", "chrP:1-9,000"],
    ...["--valid", "chrP:9,001-10,000", "--test", "chrP:10,001-12,000"],
    ...["--objectives", ARMS.join(","), "--tokens", String(TOKENS), "--seeds", "2", ...TINY],
    ...["--windows", "20", "--draws", "2", "--count", "6", "--calls", "4,16", "--jobs", "2"],
    ...["--set", "train.validWindows=8", "--warmup", "2", "--out", to, ...more],
  ];
  let done: Finished | undefined;
  let elapsedMs = 0;
  beforeAll(async () => {
    writePlacedSet(fasta, join(folder, "placed.csv"), 10);
    const startedAt = performance.now();
    done = await gdiff(argsFor(out));
    elapsedMs = performance.now() - startedAt;
    expect(done).toMatchObject({ code: 0 });
  }, 180_000);
  return { folder, out, argsFor, done: () => done as Finished, elapsedMs: () => elapsedMs };
}

export function readStudy(out: string): StudyRecord {
  return JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as StudyRecord;
}

/** What clocks gave, and digests of checkpoints: that of a second stage knows where the first one's folder is. */
const OF_THIS_RUN: readonly string[] = ["seconds", "date", "tokensPerSecond", "checkpointSha256"];

/** A report's JSON without what belongs to one run of it, and the name of its folder. */
export function reportOf(out: string): unknown {
  const text = readFileSync(join(out, "report.json"), "utf8").replaceAll(out, "OUT");
  return JSON.parse(text, (key, value) => (OF_THIS_RUN.includes(key) ? undefined : value));
}

/** Columns of a table of the report, without those that belong to one run of it. */
export async function columnsOf(
  out: string,
  name: "arms" | "trials",
): Promise<Record<string, unknown[]>> {
  const { columns } = await readArrowTable(join(out, `${name}.arrow`));
  const kept = columns.filter(({ name: column }) => !OF_THIS_RUN.includes(column));
  return Object.fromEntries(kept.map((one) => [one.name, [...one.values]]));
}
