/** `gdiff finetune` as a user runs it, on sequences that a small network can tell apart. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readFinetuneConfig } from "../../../pipelines/finetune/options.ts";
import { tablePredictions } from "../../../pipelines/labelled/predictions-table.ts";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import { metricsOf } from "../../../src/stats/metrics/metrics-of.ts";
import { decodeSafetensors } from "../../../src/tensor/safetensors.ts";
import { type PlantedRow, plantedRows, writePlanted } from "../support/planted-set.ts";
import {
  errorLines,
  filesBelow,
  gdiff,
  NETWORK,
  pretrain,
  STEPPING,
  signalAt,
  testFolder,
} from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const TRAIN = inFolder("train.csv");
const TEST = inFolder("test.csv");
const EPOCHS = 5;
const STEPS_PER_EPOCH = 12; // 108 of 120 sequences, 9 a step
const SCRATCH = ["--from-scratch", "nano", ...NETWORK];
const PLAIN = [
  ...["--train", TRAIN, "--batch-size", "9", "--lr", "0.01", "--epochs", String(EPOCHS)],
];
const TRAINING = [...PLAIN, "--mask-share", "0.05", "--ema-decay", "0.8"];

const finetune = (args: readonly string[], watch?: Parameters<typeof gdiff>[1]) =>
  gdiff(["finetune", ...args], watch);

/** What the run says of itself, the clock left out. */
function metricsOfRun(run: string): Record<string, unknown>[] {
  const lines = readFileSync(join(run, "metrics.jsonl"), "utf8").trimEnd().split("\n");
  let before = 0;
  return lines.map((line) => {
    const { seconds, ...rest } = JSON.parse(line) as Record<string, unknown>;
    expect(seconds).toBeGreaterThan(before); // over all processes of the run
    before = Number(seconds);
    return rest;
  });
}

/** All files but those with clocks and paths in them. */
function outcomeOf(run: string): unknown {
  const files = Object.entries(filesBelow(run)).filter(
    ([name]) => !/metrics\.jsonl|result\.json|config\.yaml|manifest\.json|predictions/.test(name),
  );
  return { files: Object.fromEntries(files), metrics: metricsOfRun(run) };
}

beforeAll(async () => {
  writePlanted(TRAIN, plantedRows(120, 1));
  writePlanted(TEST, plantedRows(60, 2));
  const done = await finetune([...SCRATCH, ...TRAINING, "--test", TEST, "--out", inFolder("run")]);
  expect(done).toMatchObject({ code: 0 });
});

describe("a run from scratch", () => {
  const result = () => JSON.parse(readFileSync(inFolder("run/result.json"), "utf8"));

  test("tells the classes apart, and its metrics are those of its tables", async () => {
    const { metrics, sequences, best, step } = result();
    expect(sequences).toEqual({ train: 108, valid: 12, test: 60 });
    expect(step).toBe(EPOCHS * STEPS_PER_EPOCH);
    expect(metrics.test.accuracy).toBeGreaterThan(0.9);
    for (const part of ["valid", "test"]) {
      const path = inFolder(`run/predictions.${part}.arrow`);
      const table = await readArrowTable(path);
      expect(table.columns[0]?.values.length).toBe(sequences[part]);
      expect(table.metadata).toMatchObject({ part, epoch: String(best.epoch), seed: "1" });
      const again = metricsOf(tablePredictions(table, path));
      expect(metrics[part]).toEqual(JSON.parse(JSON.stringify(again)));
    }
  });

  test("the best epoch is the one that its log says", () => {
    const epochs = metricsOfRun(inFolder("run")).filter(({ validAccuracy }) => validAccuracy);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    const [first] = epochs.toSorted(
      (a, b) =>
        Number(b.validAccuracy) - Number(a.validAccuracy) ||
        Number(a.validLossNats) - Number(b.validLossNats),
    );
    const { best } = result();
    expect(best).toEqual({
      epoch: first?.epoch,
      accuracy: first?.validAccuracy,
      lossNats: first?.validLossNats,
    });
  });

  test("test sequences change nothing but the test's predictions", async () => {
    const others = inFolder("others.csv");
    const flipped = plantedRows(30, 9).map(
      (row): PlantedRow => ({ ...row, label: row.label === "at" ? "gc" : "at" }),
    );
    writePlanted(others, flipped);
    const run = inFolder("other-test");
    const args = [...SCRATCH, ...TRAINING, "--test", others, "--out", run];
    expect(await finetune(args)).toMatchObject({ code: 0 });
    expect(outcomeOf(run)).toEqual(outcomeOf(inFolder("run")));
    const { metrics } = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
    expect(metrics.test.accuracy).toBeLessThan(0.1); // it was read, and its labels are the other way round
  });

  test("stopped at any moment, it goes on to the same end", async () => {
    const run = inFolder("stopped");
    const args = [...SCRATCH, ...TRAINING, "--test", TEST, "--out", run];
    const first = await finetune(args, signalAt(STEPPING, "SIGINT"));
    expect(first).toMatchObject({ code: 130 });
    expect(errorLines(first)).toEqual([
      expect.stringMatching(
        /^gdiff: E_STOPPED: stopped by SIGINT after step \d+ of 60; saved in .*; go on with: gdiff finetune --resume --out /,
      ),
    ]);
    const second = await finetune(["--resume", "--out", run], signalAt(/going on from/, "SIGTERM"));
    expect([0, 75]).toContain(second.code);
    if (second.code === 75) {
      expect(await finetune(["--resume", "--out", run])).toMatchObject({ code: 0 });
    }
    const whole = inFolder("run");
    expect(metricsOfRun(run)).toEqual(metricsOfRun(whole));
    const predictions = async (of: string) =>
      tablePredictions(await readArrowTable(join(of, "predictions.test.arrow")), of);
    expect(await predictions(run)).toEqual(await predictions(whole));
  });

  test("averaged weights validate and are kept, and training itself is the same without them", async () => {
    const run = inFolder("last-weights");
    const args = [...SCRATCH, ...TRAINING.with(-1, "0"), "--out", run];
    const done = await finetune(args);
    expect(done).toMatchObject({ code: 0 });
    const trained = (of: string): unknown[] =>
      metricsOfRun(of).map(({ validAccuracy, validLossNats, ...rest }) => rest);
    const validated = (of: string): unknown[] =>
      metricsOfRun(of).flatMap(({ validLossNats }) => validLossNats ?? []);
    expect(trained(run)).toEqual(trained(inFolder("run")));
    expect(validated(run)).toHaveLength(EPOCHS);
    expect(validated(run)).not.toEqual(validated(inFolder("run")));
  });

  test("its config.yaml says what it was made with, files from the root", async () => {
    const { data, train, model, fromScratch } = await readFinetuneConfig(inFolder("run"));
    expect([data.train, data.test, train.epochs, train.lr]).toEqual([TRAIN, TEST, EPOCHS, 0.01]);
    expect([fromScratch, model.width, model.tune]).toEqual(["nano", 16, "all"]);
  });

  test.each([
    ["--label-smoothing", "0.1", "train.labelSmoothing: expected 0, got 0.1"],
    ["--mask-share", "0.1", "train.maskShare: expected 0.05, got 0.1"],
    ["--ema-decay", "0.9", "train.emaDecay: expected 0.8, got 0.9"],
  ])("what made it the run it is cannot be changed on the way: %s", async (flag, value, said) => {
    const refused = await finetune(["--resume", "--out", inFolder("run"), flag, value]);
    expect(errorLines(refused)).toEqual([expect.stringContaining(said)]);
    expect(refused.code).toBe(2);
  });
});

describe("a pretrained run", () => {
  const pretrained = inFolder("pretrained");
  beforeAll(async () => {
    const args = ["--genome", "demo", "--steps", "3", "--out", pretrained];
    expect(await pretrain(args)).toMatchObject({ code: 0 });
  });

  const weightsOf = (run: string, file: string) => {
    const [checkpoint] = Object.keys(filesBelow(run))
      .filter((name) => name.endsWith(file))
      .sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
    const path = join(run, checkpoint as string);
    return decodeSafetensors(readFileSync(path), path).arrays;
  };

  test.each([
    ["head", /^classify\./],
    ["last:1", /^(classify\.|blocks\.0\.|norm\.)/],
  ])("--tune %s leaves the other weights as they were pretrained", async (tune, tuned) => {
    const run = inFolder(`tuned-${tune.replace(":", "-")}`);
    const args = [pretrained, ...TRAINING, "--tune", tune, "--strand", "average", "--out", run];
    const done = await finetune([...args, "--json"]);
    expect(done).toMatchObject({ code: 0 });
    const summary = JSON.parse(done.stdout);
    expect(summary.pretrainedSteps).toBe(3);
    expect(summary.tunedParameters).toBeLessThan(summary.parameters);
    const [before, after] = [
      weightsOf(pretrained, "ema.safetensors"),
      weightsOf(run, "best.safetensors"),
    ];
    const names = Object.keys(before).filter((name) => !name.startsWith("head."));
    const changed = names.filter(
      (name) => Buffer.compare(bytesOf(before[name]?.data), bytesOf(after[name]?.data)) !== 0,
    );
    expect(changed).toEqual(names.filter((name) => tuned.test(name)));
  });

  test("a head's features are the same ones where a run goes on", async () => {
    const [run, whole] = [inFolder("stopped-head"), inFolder("whole-head")];
    const head = [pretrained, ...PLAIN, "--tune", "head", "--strand", "average"];
    const args = [...head, "--out", run];
    const kept =
      /--tune head: the features of all sequences are computed once and kept, 15\.0 KiB$/m; // 120 of 16 on two strands
    const first = await finetune(args, signalAt(kept, "SIGINT"));
    expect([first.code, first.stderr]).toEqual([130, expect.stringMatching(kept)]);
    expect(await finetune(["--resume", "--out", run])).toMatchObject({ code: 0 });
    expect(await finetune([...head, "--out", whole])).toMatchObject({ code: 0 });
    expect(metricsOfRun(run)).toEqual(metricsOfRun(whole));
    expect(weightsOf(run, "best.safetensors")).toEqual(weightsOf(whole, "best.safetensors"));
    const { best, metrics } = JSON.parse(readFileSync(join(whole, "result.json"), "utf8"));
    expect(best.lossNats).toBe(metrics.valid.logLoss); // which the whole network gave
  });

  test("its network cannot be given another size", async () => {
    const refused = await finetune([pretrained, ...TRAINING, "--set", "model.width=32"]);
    expect([refused.code, errorLines(refused)]).toEqual([
      2,
      [`gdiff: E_CONFIG: expected model.width to be left out, which ${pretrained} decides`],
    ]);
  });
});

test("a run of one command is refused by the others, which say what it is", async () => {
  const [run, pretrained] = [inFolder("run"), inFolder("pretrained")];
  const refusals = [
    [["evaluate", run], "pretrain", run, "finetune"],
    [["finetune", run, "--train", TRAIN], "pretrain", run, "finetune"],
    [["pretrain", "--resume", "--out", run], "pretrain", run, "finetune"],
    [["finetune", "--resume", "--out", pretrained], "finetune", pretrained, "pretrain"],
  ] as const;
  for (const [args, expected, got, made] of refusals) {
    const refused = await gdiff(args);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [`gdiff: E_RUN: expected a run of gdiff ${expected}, got ${got}, which gdiff ${made} made`],
    ]);
  }
});

test("the benchmark's own network trains in the same loop, and goes on", async () => {
  const long = inFolder("long.csv");
  const rows = plantedRows(60, 5).map((row) => ({ ...row, sequence: row.sequence.repeat(4) }));
  writePlanted(long, rows);
  const run = inFolder("cnn");
  const args = ["--from-scratch", "benchmark-cnn", "--train", long, "--epochs", "3", "--out", run];
  const first = await finetune([...args, "--batch-size", "10", "--test-share", "0.2"]);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain("weights of epoch");
  const before = readFileSync(join(run, "predictions.test.arrow"));
  expect(await finetune(["--resume", "--out", run])).toMatchObject({ code: 0 });
  expect(readFileSync(join(run, "predictions.test.arrow"))).toEqual(before);
});

function bytesOf(values: Float32Array | undefined): Uint8Array {
  return values === undefined ? new Uint8Array(0) : new Uint8Array(values.buffer.slice(0));
}
