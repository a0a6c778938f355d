/** What a run says of its parts, and where it is stopped at its end. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { finetuneConfig } from "../../../pipelines/finetune/options.ts";
import { type FinetuneSummary, runFinetune } from "../../../pipelines/finetune/run.ts";
import type { PipelineIo, StopRequest } from "../../../pipelines/io.ts";
import { tablePredictions } from "../../../pipelines/labelled/predictions-table.ts";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import { StoppedError } from "../../../src/errors.ts";
import { metricsOf } from "../../../src/stats/metrics/metrics-of.ts";
import { selectPredictions } from "../../../src/stats/predictions.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { type PlantedRow, plantedRows, writePlanted } from "../support/planted-set.ts";
import { testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);

const opposite: Readonly<Record<string, string>> = { A: "T", C: "G", G: "C", T: "A" };
const turned = (row: PlantedRow, i: number): PlantedRow => ({
  ...row,
  id: `turned-${i}`,
  sequence: [...row.sequence]
    .reverse()
    .map((base) => opposite[base])
    .join(""),
});

const TRAIN = plantedRows(40, 1);
/** Seven new ones, one of them again the other way round, and two of train as they are. */
const VALID = [
  ...plantedRows(7, 2),
  ...plantedRows(1, 2).map((row) => turned(row, 8)),
  ...TRAIN.slice(0, 2).map((row) => ({ ...row, id: `v-${row.id}` })),
];
/** Three of train and one of valid the other way round, and six new ones. */
const TEST = [
  ...TRAIN.slice(4, 7).map(turned),
  ...VALID.slice(0, 1).map((row) => turned(row, 9)),
  ...plantedRows(6, 3),
];
const COPIES = 4;

const configOf = (out: string, data: object, more: object = {}) =>
  finetuneConfig({
    ...{ fromScratch: "nano", backend: "cpu", out, data, ...more },
    model: { width: 16, layers: 1, heads: 2 },
    train: { epochs: 1, batchSize: 20 },
  });

const FILES = {
  train: inFolder("train.csv"),
  valid: inFolder("valid.csv"),
  test: inFolder("test.csv"),
};
for (const [name, rows] of Object.entries({ train: TRAIN, valid: VALID, test: TEST })) {
  writePlanted(FILES[name as keyof typeof FILES], rows);
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("copies are counted, said once, and left out of a second test", async () => {
  const io = quietIo();
  const run = inFolder("copies");
  const summary = await runFinetune(await configOf(run, FILES), io);
  expect(io.lines.filter((line) => line.startsWith("warning"))).toEqual([
    "warning: 2 of 10 valid sequences stand in train too, 4 of 10 test sequences in train or valid, on either strand, " +
      "which makes them easier than new ones: the test without them is reported too",
  ]);
  expect(summary.copies).toEqual({ valid: 2, test: COPIES });
  const path = join(run, "predictions.test.arrow");
  const predictions = tablePredictions(await readArrowTable(path), path);
  const kept = TEST.map((_, i) => i).slice(COPIES);
  const { metrics } = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
  expect(Object.keys(metrics)).toEqual(["valid", "test", "testWithoutCopies"]);
  expect(metrics.testWithoutCopies).toEqual(
    asJson(metricsOf(selectPredictions(predictions, kept))),
  );
  expect(metrics.test.sequences).toBe(TEST.length);
  expect(io.out.join("")).toMatch(/\ntest +10 .*\ntest without copies +6 /);
});

test("parts that are drawn can be drawn without copies", async () => {
  const doubled = inFolder("doubled.csv");
  writePlanted(doubled, [...TRAIN, ...TRAIN.map(turned)]);
  const warnings = async (data: object): Promise<readonly [readonly string[], FinetuneSummary]> => {
    const io = quietIo();
    const config = await configOf(
      inFolder("never"),
      { train: doubled, testShare: 0.2, ...data },
      { dryRun: true },
    );
    const summary = await runFinetune(config, io);
    return [io.lines.filter((line) => line.startsWith("warning")), summary];
  };
  const [[line], { copies }] = await warnings({});
  expect(copies.test).toBeGreaterThan(0);
  expect(line).toMatch(
    /: the test without them is reported too, and --groups overlap draws parts that share none$/,
  );
  const [lines, grouped] = await warnings({ groups: "overlap" });
  expect([lines, grouped.copies]).toEqual([[], { valid: 0, test: 0 }]);
});

test("a given valid with copies is to be given without them", async () => {
  const io = quietIo();
  const { test: _, ...data } = FILES;
  const config = await configOf(inFolder("never"), data, { dryRun: true });
  expect((await runFinetune(config, io)).copies).toEqual({ valid: 2 });
  expect(io.lines).toContain(
    "warning: 2 of 10 valid sequences stand in train too, on either strand, which makes them easier than new ones: leave them out of --valid",
  );
});

test("what a network has no use for is said", async () => {
  const long = inFolder("long.csv");
  const rows = plantedRows(20, 1).map((row) => ({ ...row, sequence: row.sequence.repeat(4) }));
  writePlanted(long, rows);
  const io = quietIo();
  const data = { train: long };
  const cnn = { fromScratch: "benchmark-cnn", backend: "cpu", dryRun: true } as const;
  await runFinetune(await finetuneConfig({ ...cnn, data, model: { tune: "head" } }), io);
  expect(io.lines.slice(-2)).toEqual([
    "benchmark-cnn is tuned whole, with its own head: --tune head and --head linear say nothing of it",
    expect.stringMatching(/ parameters tuned; at most 10 steps of 64 sequences$/),
  ]);
  const quiet = quietIo();
  await runFinetune(await finetuneConfig({ ...cnn, data, train: { epochs: 1 } }), quiet);
  expect(quiet.lines.slice(1)).toEqual([
    expect.stringMatching(/^backend cpu/),
    expect.stringMatching(/; at most 1 step of 64 sequences$/),
  ]);
});

test("stopped while it predicts, a run is gone on with", async () => {
  const run = inFolder("stopped");
  const controller = new AbortController();
  const request: StopRequest = { signal: "SIGTERM", exitCode: 75 };
  const update: PipelineIo["progress"]["update"] = (_done, _total, note) => {
    if (note === "predicting test") controller.abort(request);
  };
  const quiet = quietIo(controller.signal);
  const io = { ...quiet, progress: { ...quiet.progress, update } };
  await expect(runFinetune(await configOf(run, FILES), io)).rejects.toEqual(
    new StoppedError(
      75,
      `stopped by SIGTERM after step 2 of 2; saved in ${run}/checkpoints/step-2; go on with: gdiff finetune --resume --out ${run}`,
    ),
  );
  const { metrics } = await runFinetune(await configOf(run, FILES, { resume: true }), quietIo());
  const { metrics: whole } = JSON.parse(readFileSync(inFolder("copies/result.json"), "utf8"));
  expect(asJson(metrics)).toEqual(whole);
});
