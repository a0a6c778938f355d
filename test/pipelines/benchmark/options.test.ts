import { describe, expect, test } from "vitest";
import { modelsOf } from "../../../pipelines/benchmark/check-options.ts";
import { benchmarkConfig, benchmarkOptions } from "../../../pipelines/benchmark/options.ts";
import { setSources } from "../../../pipelines/benchmark/set-sources.ts";
import { isSetFile } from "../../../pipelines/labelled/is-set-file.ts";
import { commandLineLayer } from "../../../src/config/command-line-layer.ts";
import { flattenOptions } from "../../../src/config/option-table.ts";
import { readKnownBenchmarks } from "../../../src/data/manifests/node-known-benchmarks.ts";
import { ConfigError } from "../../../src/errors.ts";

const PART = { sets: ["cohn"], out: "out" };
const FLAT = flattenOptions(benchmarkOptions);
const fromFlags = (...flags: readonly [string, string][]) =>
  commandLineLayer(new Map(flags.map(([flag, text]) => [flag, [text]])), [], FLAT);

describe("what is tried", () => {
  test("is finetune's one setting without a word", async () => {
    const { lr, batch, data } = await benchmarkConfig(PART);
    expect([lr, batch, data.validShare, data.testShare]).toEqual([[1e-3], [64], 0.1, 0.1]);
  });

  test("is the published grid under its preset, with the published training", async () => {
    const { lr, batch, train, model } = await benchmarkConfig({
      ...PART,
      preset: "genomic-benchmarks-caduceus",
    });
    expect([lr, batch]).toEqual([
      [1e-3, 2e-3],
      [128, 256],
    ]);
    expect([train.epochs, train.warmup, train.patience, model.strand]).toEqual([
      ...[10, 0.01, undefined, "average"],
    ]);
  });

  test("is what the flags say, over a preset too", async () => {
    const layer = fromFlags(["--lr", "1e-4, 3e-4"], ["--batch", "8"]);
    expect([layer.get("lr"), layer.get("batch")]).toEqual([[1e-4, 3e-4], [8]]);
  });
});

test.each([
  ["--lr", "1e-3,x", /^expected --lr to be a list without repetitions, each a positive number/],
  ["--lr", "1e-3,1e-3", /without repetitions/],
  ["--batch", "128,-1", /each a positive integer, commas between, got "128,-1" \(string\)$/],
  ["--models", "kmer6,scrach", /each one of majority, .* \(scratch\?\), commas between/],
])("%s %s is refused in one line", (flag, text, message) => {
  expect(() => fromFlags([flag, text])).toThrow(message);
});

test.each([
  [{ models: ["cnn"] }, "expected kmer6 and a network among --models, got cnn"],
  [{ models: ["kmer6", "gc"] }, "expected kmer6 and a network among --models, got gc, kmer6"],
  [{ models: ["kmer6", "tuned"] }, "expected RUN, a pretrained run, with the model tuned"],
  [{ data: { validShare: 0 } }, "expected --valid-share above 0"],
  [{ data: { validShare: 0.5, testShare: 0.5 } }, "and with --test-share below 1, got 0.5 and 0.5"],
  [{ data: { genome: "hg38", fasta: "a.fa" } }, "expected --genome or --fasta, got both"],
  [{ run: "runs/a", model: { width: 16 } }, "expected model.width to be left out, which runs/a"],
] as const)("%o is refused", async (part, message) => {
  await expect(benchmarkConfig({ ...PART, ...part })).rejects.toThrow(ConfigError);
  await expect(benchmarkConfig({ ...PART, ...part })).rejects.toThrow(message);
});

test("sets and a folder must be given", async () => {
  await expect(benchmarkConfig({ out: "out" })).rejects.toThrow(/^expected --sets, all or names/);
  await expect(benchmarkConfig({ sets: ["all"] })).rejects.toThrow(/^expected --out FOLDER/);
});

test("without a pretrained run nothing is tuned", () => {
  expect(modelsOf({})).toEqual(["majority", "length", "gc", "kmer6", "cnn", "scratch"]);
  expect(modelsOf({ run: "runs/a" }).at(-1)).toBe("tuned");
  expect(modelsOf({ models: ["cnn", "kmer6"] })).toEqual(["kmer6", "cnn"]);
});

describe("sets", () => {
  test("all are the nine; a name is a set, what has a dot or slash a file", async () => {
    const known = await readKnownBenchmarks();
    expect(setSources(["all"], known).map(({ name }) => name)).toEqual(
      known.map(({ name }) => name),
    );
    expect(setSources(["cohn", "/a/my set.csv.gz"], known)).toMatchObject([
      { kind: "official", name: "human_enhancers_cohn" },
      { kind: "file", name: "my-set", path: "/a/my set.csv.gz" },
    ]);
    expect(["cohn", "./cohn", "a.csv"].map(isSetFile)).toEqual([false, true, true]);
  });

  test("an unknown name, and two of one name, are refused", async () => {
    const known = await readKnownBenchmarks();
    expect(() => setSources(["cohm"], known)).toThrow(/\(cohn\?\), got "cohm"$/);
    expect(() => setSources(["/a/x.csv", "/b/x.tsv"], known)).toThrow(
      "expected --sets whose names differ, got x twice (rename a file)",
    );
  });
});
