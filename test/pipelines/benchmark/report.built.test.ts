/** Every figure of a benchmark's report, computed again from its table of predictions by other means. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readLabelledSequences } from "../../../src/data/labelled/node-read-labelled-sequences.ts";
import type { BenchmarkRecord, ModelReport } from "../../../src/report/benchmark-record.ts";
import { naiveBootstrap, naiveQuantile } from "../../naive/bootstrap.ts";
import { naiveMetrics, naivePredicted } from "../../naive/classification-metrics.ts";
import { naiveLeakage } from "../../naive/leakage.ts";
import { isEqualOnAStrand, naiveKmers } from "../../naive/shared-kmers.ts";
import { expectClose } from "../../support/expect-close.ts";
import { type PredictionRow, readRows } from "./predictions-rows.ts";
import { GRID, readRecord, smallBenchmark } from "./small-benchmark.ts";
import { CONTIG } from "./small-sets.ts";

const small = smallBenchmark(["placed", "plain"]);
const METRICS = [
  "accuracy",
  "f1",
  "matthews",
  "auroc",
  "auprc",
  "logLoss",
  "brier",
  "ece",
] as const;
const MODELS = ["majority", "length", "gc", "kmer6", "cnn", "scratch", "tuned"];

let record: BenchmarkRecord;
let rows: readonly PredictionRow[];
beforeAll(async () => {
  record = readRecord(small.out);
  rows = await readRows(join(small.out, "predictions.arrow"));
});

const rowsFor = (set: string, model: string, seed: number, kind: "whole" | "deduplicated") =>
  rows.filter(
    (row) =>
      row.set === set &&
      row.model === model &&
      row.seed === seed &&
      (kind === "whole" || row.isDeduplicated),
  );
const classesOf = (set: string): readonly string[] =>
  record.sets.find(({ name }) => name === set)?.classes ?? [];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Every model of every set. */
function* models(): Generator<{ readonly set: string; readonly model: ModelReport }> {
  for (const set of record.sets) for (const model of set.models) yield { set: set.name, model };
}

test("has both sets, every model in its order, and every seed", () => {
  expect(record.sets.map(({ name }) => name)).toEqual(["placed", "plain"]);
  for (const set of record.sets) expect(set.models.map(({ name }) => name)).toEqual(MODELS);
  for (const { model } of models()) {
    expect(model.seeds.map(({ seed }) => seed)).toEqual(GRID.seeds);
  }
  expect([record.mainModel, record.yardstick, record.published]).toEqual(["tuned", "kmer6", []]);
});

test.each(["whole", "deduplicated"] as const)("metrics of each seed on the %s test", (kind) => {
  for (const { set, model } of models()) {
    for (const { seed, tests } of model.seeds) {
      const own = rowsFor(set, model.name, seed, kind);
      expect(own.length).toBeGreaterThan(5);
      for (const row of own) expect(row.predicted).toBe(naivePredicted(row, classesOf(set)));
      expectClose(tests[kind], naiveMetrics(own, classesOf(set)));
    }
  }
});

test.each(["whole", "deduplicated"] as const)("means and spreads on the %s test", (kind) => {
  for (const { set, model } of models()) {
    const bySeed = GRID.seeds.map((seed) =>
      naiveMetrics(rowsFor(set, model.name, seed, kind), classesOf(set)),
    );
    for (const metric of METRICS) {
      const [a, b] = bySeed.map((metrics) => metrics[metric]) as [number, number];
      const deviation = Math.abs(a - b) / Math.SQRT2;
      const reach = (T_OF_ONE * deviation) / Math.SQRT2;
      expectClose(model.summary[kind][metric], {
        ...{ seeds: 2, mean: (a + b) / 2, spread: Math.abs(a - b), standardDeviation: deviation },
        interval: { low: (a + b) / 2 - reach, high: (a + b) / 2 + reach },
      });
    }
  }
});

/** tan(0.475 π): the 0.975 quantile of Student's t of one degree of freedom, which is Cauchy's distribution. */
const T_OF_ONE = Math.tan(0.475 * Math.PI);

test("confusion and reliability are those of all seeds together", () => {
  for (const { set, model } of models()) {
    const all = GRID.seeds.flatMap((seed) => rowsFor(set, model.name, seed, "whole"));
    const { confusion, reliability } = naiveMetrics(all, classesOf(set));
    expectClose(model, { confusion, reliability });
  }
});

test("accuracy by length, GC and nearness, and no sequence is in two rows", () => {
  for (const { set, model } of models()) {
    for (const property of ["length", "gc", "nearest"] as const) {
      for (const { seed, accuracyBy } of model.seeds) {
        const own = rowsFor(set, model.name, seed, "whole");
        const bins = accuracyBy[property];
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(own.length);
        for (const [i, { from, to, count, accuracy }] of bins.entries()) {
          const isLast = i === bins.length - 1;
          const here = own.filter(
            (row) =>
              row[property] >= from && (row[property] < to || (isLast && row[property] === to)),
          );
          const hits = here.filter(({ predicted, label }) => predicted === label).length;
          expect([count, accuracy]).toEqual([
            ...[here.length, here.length === 0 ? undefined : hits / here.length],
          ]);
        }
      }
      const pooled = model.accuracyBy[property];
      for (const [i, { count }] of pooled.entries()) {
        expect(count).toBe(mean(model.seeds.map((s) => s.accuracyBy[property][i]?.count ?? 0)));
      }
    }
  }
});

describe("the main model less each other one", () => {
  const others = MODELS.slice(0, -1);

  test.each(["whole", "deduplicated"] as const)("seed by seed on the %s test", (kind) => {
    for (const set of record.sets) {
      expect(set.differences.map(({ baseline }) => baseline)).toEqual(others);
      const accuracyOf = (model: string, seed: number): number =>
        mean(rowsFor(set.name, model, seed, kind).map((r) => Number(r.predicted === r.label)));
      for (const { baseline, metric, overSeeds } of set.differences) {
        const [a, b] = GRID.seeds.map(
          (seed) => accuracyOf("tuned", seed) - accuracyOf(baseline, seed),
        ) as [number, number];
        const reach = (T_OF_ONE * Math.abs(a - b)) / 2;
        expect(metric).toBe("accuracy");
        expectClose(overSeeds[kind], {
          ...{ mean: (a + b) / 2, spread: Math.abs(a - b) },
          interval: { low: (a + b) / 2 - reach, high: (a + b) / 2 + reach },
        });
      }
    }
  });

  test.each(["whole", "deduplicated"] as const)("by bootstrap on the %s test", (kind) => {
    for (const set of record.sets) {
      const tests = (model: string): readonly PredictionRow[] =>
        GRID.seeds.flatMap((seed) => rowsFor(set.name, model, seed, kind));
      const main = tests("tuned");
      for (const { baseline, bootstrap } of set.differences) {
        const other = tests(baseline);
        const gains = main.map(
          (row, i) =>
            Number(row.predicted === row.label) - Number(other[i]?.predicted === other[i]?.label),
        );
        const groups = [...new Set(main.map(({ group }) => group))];
        const draws = naiveBootstrap(
          gains,
          main.map(({ group }) => groups.indexOf(group)),
          groups.length,
        );
        expectClose(bootstrap?.[kind], {
          ...{ value: mean(gains), groups: groups.length, replicates: 1000 },
          interval: { low: naiveQuantile(draws, 0.025), high: naiveQuantile(draws, 0.975) },
        });
      }
    }
  });
});

describe("which test sequences training gives away", () => {
  test("the de-duplicated test, nearness and groups, from the bases", async () => {
    for (const set of record.sets) {
      const { sequences } = await readLabelledSequences(
        join(small.out, "data", set.name, "train.arrow"),
      );
      const kmers = (length: number) =>
        new Map(sequences.map((s) => [s.id, naiveKmers(s.ids, length)]));
      const [of64, of24] = [kmers(64), kmers(24)];
      for (const seed of GRID.seeds) {
        const own = rowsFor(set.name, "kmer6", seed, "whole");
        const tested = new Set(own.map(({ id }) => id));
        const trained = sequences.filter(({ id }) => !tested.has(id));
        expect(tested.size + trained.length).toBe(sequences.length);
        for (const row of own) {
          const { ids } = sequences.find(({ id }) => id === row.id) as (typeof sequences)[number];
          const shared = (index: ReadonlyMap<string, Set<string>>, other: string): number => {
            const [mine, theirs] = [index.get(row.id), index.get(other)];
            return [...(mine ?? [])].filter((kmer) => theirs?.has(kmer)).length;
          };
          const isGiven = trained.some(
            (other) => shared(of64, other.id) > 0 || isEqualOnAStrand(ids, other.ids),
          );
          expect(row.isDeduplicated).toBe(!isGiven);
          const size = of24.get(row.id)?.size as number;
          const nearest = Math.max(...trained.map((other) => shared(of24, other.id) / size));
          expect(row.nearest).toBeCloseTo(nearest, 12);
        }
      }
    }
  });

  test("leakage by intervals, by bases and by pretraining, of the first seed", () => {
    const [placed, plain] = record.sets;
    const tested = new Set(rowsFor("placed", "kmer6", 1, "whole").map(({ id }) => id));
    const placedRows = small.rows().map((row) => ({ ...row, contig: CONTIG.name }));
    const tests = placedRows.filter(({ id }) => tested.has(id));
    const trains = placedRows.filter(({ id }) => !tested.has(id));
    expect(placed?.leakage.intervals).toEqual(naiveLeakage(trains, tests));
    const inHalf = ({ start, end }: (typeof tests)[number]): number =>
      Math.max(0, Math.min(end, CONTIG.bases / 2) - start) / (end - start);
    const shares = tests.map(inHalf);
    expect(placed?.leakage.pretraining).toEqual({
      tests: tests.length,
      touching: shares.filter((share) => share > 0).length,
      halfInside: shares.filter((share) => share >= 0.5).length,
      inside: shares.filter((share) => share === 1).length,
    });
    expect(shares.filter((share) => share === 1).length).toBeGreaterThan(5);
    const copies = tests.filter(({ sequence }) => trains.some((t) => t.sequence === sequence));
    const kept = rowsFor("placed", "kmer6", 1, "deduplicated");
    expect(copies.length).toBeGreaterThan(0);
    expect(placed?.leakage.sequences).toEqual({
      ...{ tests: tests.length, copies: copies.length, sharingBases: tests.length - kept.length },
    });
    expect([plain?.leakage.intervals, plain?.leakage.pretraining]).toEqual([undefined, undefined]);
  });

  test("parts by class, of the first seed", () => {
    for (const { name, classes, parts } of record.sets) {
      const of = (kind: "whole" | "deduplicated"): number[] =>
        classes.map(
          (c) => rowsFor(name, "kmer6", 1, kind).filter(({ label }) => label === c).length,
        );
      expect(parts.map((part) => part.name)).toEqual([
        ...["train", "validation", "test", "de-duplicated test"],
      ]);
      expect([parts[2]?.counts, parts[3]?.counts]).toEqual([of("whole"), of("deduplicated")]);
      const all = parts.slice(0, 3).flatMap(({ counts }) => counts);
      expect(all.reduce((sum, count) => sum + count, 0)).toBe(name === "placed" ? 120 : 60);
    }
  });
});

test("stdout says the verdicts, and has a row a set and model; the page has every set", () => {
  const { stdout } = small.done();
  expect(stdout).toMatch(
    /^placed: Pretrained, then tuned .*\nplain: Pretrained, then tuned .*\n\n/,
  );
  for (const model of MODELS) {
    expect(stdout).toMatch(new RegExp(`^plain +${model} +0\\.\\d{3}`, "m"));
  }
  const page = readFileSync(join(small.out, "report.html"), "utf8");
  for (const { name } of record.sets) expect(page).toContain(name);
});
