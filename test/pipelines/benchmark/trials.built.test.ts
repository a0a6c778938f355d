/** The trials of a benchmark: chosen on validation, gone on with after a kill, and refused where they are others. */

import type { ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import type { Column } from "../../../src/data/table/table.ts";
import { writeTable } from "../../../src/data/table/write-table.ts";
import { errorLines, gdiff } from "../support/tiny-run.ts";
import { GRID, readRecord, reportOf, smallBenchmark } from "./small-benchmark.ts";

const small = smallBenchmark(["placed"]);
const benchmark = (args: readonly string[]) => gdiff(args);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A copy of the finished benchmark. */
function copyOf(): string {
  const out = join(mkdtempSync(join(small.folder, "copy-")), "out");
  cpSync(small.out, out, { recursive: true });
  return out;
}

/** Files below a folder that end so. */
const ending = (folder: string, end: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(end))
    .map((path) => join(folder, path));

/** Networks that train or have trained; 0 where a folder went while it was looked into. */
function begun(out: string): number {
  try {
    return ending(out, "metrics.jsonl").length;
  } catch {
    return 0;
  }
}

/** Runs the benchmark and sends `signal` when so many of its networks train or have trained. */
async function signalAtNetwork(out: string, networks: number, signal: NodeJS.Signals) {
  let target: ChildProcess | undefined;
  const running = gdiff(small.argsFor(out), (child) => {
    target = child;
  });
  const isRunning = (): boolean => target?.exitCode === null && target.signalCode === null;
  while (target === undefined || isRunning()) {
    if (target !== undefined && begun(out) >= networks) break;
    await setTimeout(20);
  }
  target?.kill(signal);
  return running;
}

test("killed, then interrupted, it goes on to the same report", async () => {
  const out = join(small.folder, "killed");
  const killed = await signalAtNetwork(out, 2, "SIGKILL");
  expect(killed.code).toBe(null);
  const stopped = await signalAtNetwork(out, 7, "SIGINT");
  expect(stopped.code).toBe(130);
  expect(errorLines(stopped)).toEqual([
    expect.stringMatching(
      /^gdiff: E_STOPPED: stopped by SIGINT in trial \d+ of 20; the same command goes on in /,
    ),
  ]);
  expect(ending(out, "result.json").length).toBeLessThan(20);
  expect(await benchmark(small.argsFor(out))).toMatchObject({ code: 0 });
  expect(reportOf(out)).toEqual(reportOf(small.out));
}, 120_000);

test("the command that the report names goes on, and does nothing again", async () => {
  const [program, ...args] = readRecord(small.out).provenance.command.split(" ");
  const timesOf = (): unknown =>
    ["result.json", "metrics.jsonl", "train.arrow"].flatMap((end) =>
      ending(small.out, end).map((path) => [path, statSync(path).mtimeMs]),
    );
  const [times, report] = [timesOf(), reportOf(small.out)];
  const done = await benchmark([...args, "--json"]);
  expect([program, done.code, JSON.parse(done.stdout).trials]).toEqual(["gdiff", 0, 8 + 12]);
  expect(timesOf()).toEqual(times);
  expect(reportOf(small.out)).toEqual(report);
});

test("the tests have no say in which setting is taken", async () => {
  const out = copyOf();
  for (const path of ending(out, "predictions.test.arrow")) {
    const { columns, metadata } = await readArrowTable(path);
    const swapped = columns.map((column): Column => {
      const other = { p_poor: "p_rich", p_rich: "p_poor" }[column.name];
      const from = columns.find(({ name }) => name === other) ?? column;
      return { ...from, name: column.name } as Column;
    });
    await writeTable(path, { columns: swapped, metadata });
  }
  expect(await benchmark(small.argsFor(out))).toMatchObject({ code: 0 });
  const [before, after] = [small.out, out].map((of) => readRecord(of).sets[0]?.models ?? []);
  for (const [i, model] of (after ?? []).entries()) {
    expect(model.tried).toEqual(before?.[i]?.tried);
    if (model.name !== "gc") continue;
    expect(before?.[i]?.summary.whole.accuracy?.mean).toBeGreaterThan(0.8);
    expect(model.summary.whole.accuracy?.mean).toBeLessThan(0.2); // it was read
  }
});

describe("trials", () => {
  test("settings are those of the highest mean validation accuracy", async () => {
    for (const model of readRecord(small.out).sets[0]?.models ?? []) {
      if (model.kind === "baseline") {
        expect(model.tried).toEqual([]);
        continue;
      }
      const folders = GRID.lr.map((lr) =>
        join(small.out, "trials", "placed", model.name, `lr=${lr},batch=16`),
      );
      const scores: { readonly accuracies: number[]; readonly loss: number }[] = [];
      for (const folder of folders) {
        const results = GRID.seeds.map((seed) =>
          JSON.parse(readFileSync(join(folder, `seed=${seed}`, "result.json"), "utf8")),
        );
        scores.push({
          accuracies: results.map(({ metrics }) => metrics.valid.accuracy),
          loss: mean(results.map(({ metrics }) => metrics.valid.logLoss)),
        });
      }
      const [a, b] = scores.map(({ accuracies }) => mean(accuracies)) as [number, number];
      const isSecond = b > a || (a === b && (scores[1]?.loss ?? 0) < (scores[0]?.loss ?? 0));
      const chosen = isSecond ? 1 : 0;
      expect(model.tried).toEqual(
        GRID.lr.flatMap((lr, i) =>
          GRID.seeds.map((seed, s) => ({
            ...{ seed, settings: { lr, batchSize: 16 } },
            ...{ validAccuracy: scores[i]?.accuracies[s], isChosen: i === chosen },
          })),
        ),
      );
      for (const [s, seed] of model.seeds.entries()) {
        expect(seed.settings).toEqual({ lr: GRID.lr[chosen], batchSize: 16 });
        expect(seed.validAccuracy).toBe(scores[chosen]?.accuracies[s]);
        expect(seed.curve.map(({ epoch }) => epoch)).toEqual([1, 2]);
        expect(seed.curve[(seed.keptEpoch ?? 0) - 1]?.validAccuracy).toBe(seed.validAccuracy);
      }
    }
  });

  test("every model has the sequences that gdiff finetune drew", async () => {
    for (const seed of GRID.seeds) {
      const trials = ending(join(small.out, "trials"), join(`seed=${seed}`, "result.json"));
      expect(trials.length).toBe(4 + 3 * GRID.lr.length);
      const digests = trials.map((path) => JSON.parse(readFileSync(path, "utf8")).dataSha256);
      expect(new Set(digests).size).toBe(1);
      const idsOf = async (part: string): Promise<Set<unknown>> => {
        const tables = trials.map((path) => readArrowTable(path.replace("result.json", part)));
        return new Set((await Promise.all(tables)).map(({ columns }) => columns[0]?.values.join()));
      };
      expect((await idsOf("predictions.test.arrow")).size).toBe(1);
      expect((await idsOf("predictions.valid.arrow")).size).toBe(1);
    }
  });
});

describe("is refused", () => {
  test("other training than it began with", async () => {
    const refused = await benchmark([...small.argsFor(small.out), "--label-smoothing", "0.1"]);
    expect([refused.code, errorLines(refused)]).toEqual([
      2,
      [expect.stringMatching(/train\.labelSmoothing was 0, is now 0\.1 \(give another --out/)],
    ]);
  });

  test("other parts than it began with", async () => {
    const args = [...small.argsFor(small.out), "--groups", "overlap"];
    const refused = await benchmark(args);
    expect([refused.code, errorLines(refused)]).toEqual([
      2,
      [expect.stringMatching(/but its training and validation sequences were others/)],
    ]);
  });

  test("a file that has changed", async () => {
    const out = copyOf();
    const lines = readFileSync(small.placed, "utf8").trimEnd().split("\n");
    const other = join(mkdtempSync(join(small.folder, "other-")), "placed.csv");
    writeFileSync(other, `${lines.slice(0, -1).join("\n")}\n`);
    const refused = await benchmark(small.argsFor(out, [other]));
    expect([refused.code, errorLines(refused)]).toEqual([
      ...[
        2,
        [expect.stringMatching(/expected placed as it was when the benchmark began, got other/)],
      ],
    ]);
  });

  test("its own copy of the sequences, damaged", async () => {
    const out = copyOf();
    const path = join(out, "data", "placed", "train.arrow");
    const bytes = readFileSync(path);
    const at = bytes.indexOf("p17"); // an id
    bytes.write("p7p", at, "latin1");
    writeFileSync(path, bytes);
    const refused = await benchmark(small.argsFor(out, [join(small.folder, "gone", "placed.csv")]));
    expect([refused.code, errorLines(refused)]).toEqual([
      ...[
        4,
        [expect.stringMatching(/SHA256SUMS: expected the digests of train\.arrow, which the ben/)],
      ],
    ]);
  });

  test("a pretrained run that was trained further", async () => {
    const out = copyOf();
    writeFileSync(join(out, "pretrained.sha256"), "0000\n");
    const refused = await benchmark(small.argsFor(out));
    expect([refused.code, errorLines(refused)]).toEqual([
      ...[
        2,
        [expect.stringMatching(/expected the checkpoint that the benchmark began with, got /)],
      ],
    ]);
  });

  test("a trial's table of other sequences", async () => {
    const out = copyOf();
    const [first, second] = [1, 2].map((seed) =>
      join(out, "trials/placed/kmer6", `seed=${seed}`, "predictions.test.arrow"),
    ) as [string, string];
    cpSync(first, second);
    const refused = await benchmark(small.argsFor(out));
    expect([refused.code, errorLines(refused)]).toEqual([
      4,
      [
        expect.stringMatching(
          /expected predictions of the 36 test sequences of the set, got others/,
        ),
      ],
    ]);
  });
});
