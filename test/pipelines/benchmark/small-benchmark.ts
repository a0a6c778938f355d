/** A benchmark of two small sets with every model, made before the tests, and what it left. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import type { BenchmarkRecord } from "../../../src/report/benchmark-record.ts";
import type { Finished } from "../../cli/spawn-program.ts";
import { gdiff, pretrain, testFolder } from "../support/tiny-run.ts";
import { CONTIG, type PlacedRow, writePlacedSet, writePlainSet } from "./small-sets.ts";

/** Settings and seeds of the small benchmark. */
export const GRID = { lr: [0.003, 0.01], seeds: [1, 2] } as const;

export interface SmallBenchmark {
  readonly folder: string;
  /** The benchmark's folder. */
  readonly out: string;
  /** The pretrained run, trained on the first half of the genome. */
  readonly run: string;
  readonly placed: string;
  readonly plain: string;
  rows(): readonly PlacedRow[];
  done(): Finished;
  /** How long it took. */
  elapsedMs(): number;
  /** Arguments of the same benchmark in another folder. */
  argsFor(out: string, sets?: readonly string[]): readonly string[];
}

/** @param which of the two sets */
export function smallBenchmark(which: readonly ("placed" | "plain")[]): SmallBenchmark {
  const folder = testFolder();
  const at = (name: string): string => join(folder, name);
  const [run, out, placed, plain] = [at("run"), at("out"), at("placed.csv"), at("plain.tsv")];
  const argsFor = (
    to: string,
    sets: readonly string[] = which.map((name) => ({ placed, plain })[name]),
  ): readonly string[] => [
    ...["benchmark", run, "--sets", sets.join(","), "--seeds", "2", "--epochs", "2"],
    ...["--lr", GRID.lr.join(","), "--batch", "16", "--valid-share", "0.2", "--test-share", "0.3"],
    ...["--jobs", "2", "--out", to],
  ];
  let rows: readonly PlacedRow[] = [];
  let done: Finished | undefined;
  let elapsedMs = 0;
  beforeAll(async () => {
    rows = writePlacedSet(at("genome.fa"), placed, 120);
    writePlainSet(plain, 60);
    const regions = ["--train", `${CONTIG.name}:1-${CONTIG.bases / 2}`];
    const held = [
      "--valid",
      `${CONTIG.name}:9,001-10,000`,
      "--test",
      `${CONTIG.name}:10,001-12,000`,
    ];
    const args = ["--fasta", at("genome.fa"), ...regions, ...held, "--steps", "3", "--out", run];
    expect(await pretrain(args)).toMatchObject({ code: 0 });
    const startedAt = performance.now();
    done = await gdiff(argsFor(out));
    elapsedMs = performance.now() - startedAt;
    expect(done).toMatchObject({ code: 0 });
  }, 120_000);
  return {
    folder,
    out,
    run,
    placed,
    plain,
    rows: () => rows,
    done: () => done as Finished,
    elapsedMs: () => elapsedMs,
    argsFor,
  };
}

/** A report's JSON without what clocks gave, and the name of its folder. */
export function reportOf(out: string): unknown {
  const text = readFileSync(join(out, "report.json"), "utf8").replaceAll(out, "OUT");
  return JSON.parse(text, (key, value) =>
    key === "seconds" || key === "date" ? undefined : value,
  );
}

export function readRecord(out: string): BenchmarkRecord {
  return JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as BenchmarkRecord;
}
