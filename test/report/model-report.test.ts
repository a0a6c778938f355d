import { describe, expect, test } from "vitest";
import type { BenchmarkRecord, ModelReport } from "../../src/report/benchmark-record.ts";
import { compareModels, modelReport } from "../../src/report/model-report.ts";
import { verdicts } from "../../src/report/verdict.ts";
import { fabricatedBenchmark } from "../support/fabricated-benchmark.ts";

const record = fabricatedBenchmark();
const [set] = record.sets;
const models = set?.models ?? [];
const tuned = models.find(({ name }) => name === "tuned") as ModelReport;
const kmer = models.find(({ name }) => name === "kmer6") as ModelReport;
const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

describe("a model's seeds together", () => {
  test("mean, deviation and Student's interval over five seeds", () => {
    const values = tuned.seeds.map(({ tests }) => tests.deduplicated.matthews ?? Number.NaN);
    const centre = mean(values);
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / 4);
    const summary = tuned.summary.deduplicated.matthews;
    expect(summary?.mean).toBeCloseTo(centre, 12);
    expect(summary?.standardDeviation).toBeCloseTo(deviation, 12);
    expect(summary?.spread).toBeCloseTo(Math.max(...values) - Math.min(...values), 12);
    // 2.7764451 is the table's 97.5 % point of t with 4 degrees of freedom
    const reach = (2.7764451 * deviation) / Math.sqrt(5);
    expect(summary?.interval?.high).toBeCloseTo(centre + reach, 7);
    expect(summary?.interval?.low).toBeCloseTo(centre - reach, 7);
  });

  test("confusion and reliability hold every test sequence of every seed", () => {
    const sequences = 5 * 903;
    expect(tuned.confusion.flat().reduce((a, b) => a + b, 0)).toBe(sequences);
    expect(tuned.reliability.reduce((sum, { count }) => sum + count, 0)).toBe(sequences);
    const right = tuned.reliability.reduce((s, b) => s + b.count * (b.accuracy ?? 0), 0);
    const diagonal = tuned.confusion.reduce((s, row, i) => s + (row[i] as number), 0);
    expect(right).toBeCloseTo(diagonal, 8);
    expect(diagonal / sequences).toBeCloseTo(tuned.summary.whole.accuracy?.mean ?? 0, 12);
  });

  test("accuracy by a property: right ones of all seeds, on the sequences of one", () => {
    for (const property of ["length", "gc", "nearest"] as const) {
      const rows = tuned.accuracyBy[property];
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBeCloseTo(903, 8);
      const right = rows.reduce((sum, row) => sum + row.count * (row.accuracy ?? 0), 0);
      expect(right / 903).toBeCloseTo(tuned.summary.whole.accuracy?.mean ?? 0, 12);
    }
  });

  test("a metric that one seed does not define is left out", () => {
    const [first, ...rest] = tuned.seeds;
    if (first === undefined) throw new Error("expected seeds");
    const whole = { ...first.tests.whole, auroc: undefined };
    const holed = { ...first, tests: { ...first.tests, whole } };
    const report = modelReport({ ...tuned, seeds: [holed, ...rest] });
    expect(report.summary.whole).not.toHaveProperty("auroc");
    expect(report.summary.deduplicated).toHaveProperty("auroc");
    expect(compareModels({ ...tuned, seeds: [holed, ...rest] }, kmer, "auroc").overSeeds).toEqual({
      whole: undefined,
      deduplicated: expect.anything(),
    });
  });

  test("no seed, other bins and other seeds are refused", () => {
    const [first, second] = tuned.seeds;
    if (first === undefined || second === undefined) throw new Error("expected seeds");
    expect(() => modelReport({ ...tuned, seeds: [] })).toThrow("expected a seed of tuned");
    const accuracyBy = { ...second.accuracyBy, gc: second.accuracyBy.gc.slice(1) };
    const seeds = [first, { ...second, accuracyBy }];
    expect(() => modelReport({ ...tuned, seeds })).toThrow("the same bins of every seed");
    expect(() => compareModels(tuned, { ...kmer, seeds: [first] }, "f1")).toThrow(
      "expected equal seeds of tuned and kmer6, got 1, 2, 3, 4, 5 and 1",
    );
  });

  test("the difference is the mean over seeds of the differences", () => {
    const difference = set?.differences.find(({ baseline }) => baseline === "kmer6");
    const expected = mean(
      tuned.seeds.map(
        ({ tests }, i) => (tests.whole.accuracy ?? 0) - (kmer.seeds[i]?.tests.whole.accuracy ?? 0),
      ),
    );
    expect(difference?.overSeeds.whole?.mean).toBeCloseTo(expected, 12);
    expect(difference?.overSeeds.whole?.interval?.low).toBeLessThan(expected);
  });
});

describe("verdicts", () => {
  test("above, and below said in capitals", () => {
    const [nontata, cohn] = verdicts(record);
    expect(nontata?.standing).toBe("above");
    expect(nontata?.text).toContain("Pretrained and tuned network beats 6-mer logistic regression");
    expect(cohn?.standing).toBe("below");
    expect(cohn?.text).toContain("DOES NOT BEAT 6-mer logistic regression");
  });

  test("one seed without an interval is never clear", () => {
    expect(verdicts(fabricatedBenchmark(1))[0]?.standing).toBe("unclear");
  });

  test("a de-duplicated test alone that is not better takes the verdict", () => {
    const changed: BenchmarkRecord = {
      ...record,
      sets: record.sets.map((one) => ({
        ...one,
        differences: one.differences.map((difference) => ({
          ...difference,
          bootstrap: {
            whole: estimate(0.02, 0.06),
            deduplicated: estimate(-0.01, 0.05),
          },
        })),
      })),
    };
    expect(verdicts(changed)[0]).toMatchObject({ standing: "unclear" });
    expect(verdicts(changed)[0]?.text).toContain("IS NOT CLEARLY BETTER");
    expect(verdicts(changed)[0]?.text).toContain("95\u00a0% −0.010 to +0.050");
  });

  test("the interval that is shown is the one that decides: the lower of two", () => {
    const shown = (low: number): string => {
      const bootstrap = { whole: estimate(low, 0.09), deduplicated: estimate(low, 0.09) };
      const sets = record.sets.map((one) => ({
        ...one,
        differences: one.differences.map((difference) => ({ ...difference, bootstrap })),
      }));
      return verdicts({ ...record, sets })[0]?.text ?? "";
    };
    const overSeeds = set?.differences.find(({ baseline }) => baseline === "kmer6")?.overSeeds;
    const seeds = overSeeds?.whole?.interval?.low ?? Number.NaN;
    expect(shown(seeds + 0.01)).toContain(`95\u00a0% +${seeds.toFixed(3)}`);
    expect(shown(seeds - 0.01)).toContain(`95\u00a0% +${(seeds - 0.01).toFixed(3)}`);
  });

  test("a model that the set lacks is an error of the caller", () => {
    expect(() => verdicts({ ...record, yardstick: "kmer9" })).toThrow("named kmer9 in human_nonta");
  });
});

test("the record is plain JSON: what is undefined is left out, nothing else is lost", () => {
  const text = JSON.stringify(record);
  expect(text).not.toContain("null");
  expect(JSON.stringify(JSON.parse(text))).toBe(text);
});

function estimate(low: number, high: number) {
  const interval = { low, high };
  return { value: (low + high) / 2, interval, standardError: 0.01, replicates: 1000, groups: 500 };
}
