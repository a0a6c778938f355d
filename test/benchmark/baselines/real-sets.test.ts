/** Baselines on real sets of the Genomic Benchmarks. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { LabelledIds } from "../../../src/benchmark/baselines/baseline.ts";
import { BASELINES } from "../../../src/benchmark/baselines/baselines.ts";
import { lengthOnly } from "../../../src/benchmark/baselines/one-number.ts";
import { accuracy } from "../../../src/stats/metrics/accuracy.ts";
import { measure } from "../../../src/stats/metrics/metric.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { sharedData } from "../../support/oracles.ts";
import { xorshift32 } from "../../support/random-ids.ts";

const lines = (path: string): string[] =>
  gunzipSync(readFileSync(path)).toString("latin1").trim().split("\n").slice(1);

function pick(all: LabelledIds, places: readonly number[]): LabelledIds {
  return {
    ids: places.map((place) => all.ids[place] as Uint8Array),
    labels: Int32Array.from(places, (place) => all.labels[place] as number),
    classes: all.classes,
  };
}

/** A seeded split of each class, 70 : 10 : 20; not by groups that overlap. */
function split(all: LabelledIds, seed: number): Record<"train" | "valid" | "test", LabelledIds> {
  const next = xorshift32(seed);
  const places = { train: [] as number[], valid: [] as number[], test: [] as number[] };
  for (let c = 0; c < all.classes; c++) {
    const ofClass = [...all.labels.keys()].filter((i) => all.labels[i] === c);
    const keys = new Map(ofClass.map((i) => [i, next()]));
    ofClass.sort((a, b) => (keys.get(a) as number) - (keys.get(b) as number));
    const [end, middle] = [0.8, 0.7].map((share) => Math.round(share * ofClass.length)) as [
      number,
      number,
    ];
    places.train.push(...ofClass.slice(0, middle));
    places.valid.push(...ofClass.slice(middle, end));
    places.test.push(...ofClass.slice(end));
  }
  return {
    train: pick(all, places.train),
    valid: pick(all, places.valid),
    test: pick(all, places.test),
  };
}

const classNames = (classes: number): string[] => Array.from({ length: classes }, (_, c) => `${c}`);

// within 1.5 points of what scikit-learn's LogisticRegression reached on other splits of the same sequences,
// 0.851 and 0.719: two standard errors of 1,807 and 1,390 test sequences
describe.each([
  ["human_nontata_promoters", 0.544, 0.83],
  ["human_enhancers_cohn", 0.5, 0.7],
] as const)("%s", (set, ofMajority, atLeast) => {
  const path = sharedData(`genomic-benchmarks/sequences/${set}.test.tsv.gz`);
  it.skipIf(path === undefined)("is told by 6-mers better than by GC, length and majority", () => {
    const rows = lines(path as string).map((line) => line.split("\t") as [string, string]);
    const all = {
      ids: rows.map(([sequence]) => encodeBases(Buffer.from(sequence, "latin1")).ids),
      labels: Int32Array.from(rows, ([, label]) => Number(label)),
      classes: 2,
    };
    const { train, valid, test } = split(all, 1);
    const scores = BASELINES.map((baseline) => {
      const probabilities = baseline.fit(train, valid)(test.ids);
      const predictions = { classes: classNames(2), labels: test.labels, probabilities };
      return [baseline.name, measure(accuracy, predictions) as number] as const;
    });
    console.info(
      `${set}: ${scores.map(([name, value]) => `${name} ${value.toFixed(4)}`).join(", ")}`,
    );
    const of = Object.fromEntries(scores);
    expect(of.majority).toBeCloseTo(ofMajority, 2);
    expect(of.length).toBeCloseTo(ofMajority, 2); // all are of one length
    expect(of.gc).toBeGreaterThan(ofMajority + 0.1);
    expect(of.kmer6).toBeGreaterThan(of.gc as number);
    expect(of.kmer6).toBeGreaterThan(atLeast);
  });
});

const regulatory = sharedData("genomic-benchmarks/intervals/human_ensembl_regulatory");
it.skipIf(regulatory === undefined)(
  "lengths alone tell nine in ten of human_ensembl_regulatory's three classes",
  () => {
    const folder = regulatory as string;
    /** Every fifth row, from `first` on. */
    const read = (part: string, first: number): LabelledIds => {
      const files = readdirSync(join(folder, part)).sort();
      const labels: number[] = [];
      const ids = files.flatMap((file, c) =>
        lines(join(folder, part, file))
          .filter((_, i) => i % 5 === first)
          .map((line) => {
            const [, , start, end] = line.split(",");
            labels.push(c);
            return new Uint8Array(Number(end) - Number(start));
          }),
      );
      return { ids, labels: Int32Array.from(labels), classes: files.length };
    };
    const train = read("train", 0);
    const valid = read("train", 1);
    const test = read("test", 0);
    const probabilities = lengthOnly.fit(train, valid)(test.ids);
    const predictions = { classes: classNames(3), labels: test.labels, probabilities };
    const share = measure(accuracy, predictions) as number;
    console.info(`human_ensembl_regulatory: length ${share.toFixed(4)}`);
    expect(share).toBeGreaterThan(0.89); // a table of lengths counted in Python: 0.912 with all rows in 512 bins
    expect(share).toBeLessThan(0.93);
  },
);
