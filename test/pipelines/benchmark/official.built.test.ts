/** A set by name, with its official test: built once, then read from the benchmark's folder. */

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { setDigest, writeSet } from "../../../pipelines/benchmark/set-files.ts";
import type { LabelledSequences } from "../../../src/data/labelled/labelled-sequence.ts";
import { readLabelledSequences } from "../../../src/data/labelled/node-read-labelled-sequences.ts";
import { readPublished } from "../../../src/report/published/read-published.ts";
import { gdiffWith, NETWORK, testFolder } from "../support/tiny-run.ts";
import { readRows } from "./predictions-rows.ts";
import { readRecord } from "./small-benchmark.ts";
import { writePlacedSet } from "./small-sets.ts";

const folder = testFolder();
const out = join(folder, "out");
const NAME = "human_nontata_promoters";
const TRAINED = 80;

/** The first sequences train, the others test; neither is the real set, which no test builds. */
let given: { readonly train: LabelledSequences; readonly test: LabelledSequences };
beforeAll(async () => {
  const csv = join(folder, "placed.csv");
  writePlacedSet(join(folder, "genome.fa"), csv, 120);
  const all = await readLabelledSequences(csv);
  const { sequences } = all;
  given = {
    train: { ...all, sequences: sequences.slice(0, TRAINED) },
    test: { ...all, sequences: sequences.slice(TRAINED) },
  };
  await writeSet(join(out, "data", NAME), NAME, given);
  const args = ["--sets", "nontata", "--models", "kmer6,scratch", "--seeds", "2", "--epochs", "1"];
  const done = await gdiffWith("GDIFF_DATA", folder, [
    ...["benchmark", ...args, ...NETWORK, "--out", out],
  ]);
  expect(done).toMatchObject({ code: 0 });
});

test("a set comes back from its files as it was written", async () => {
  const [train, written] = await Promise.all(
    ["train", "test"].map((part) =>
      readLabelledSequences(join(out, "data", NAME, `${part}.arrow`), {
        classes: given.train.classes,
      }),
    ),
  );
  expect(train?.sequences).toEqual(given.train.sequences);
  expect(written?.sequences).toEqual(given.test.sequences);
  expect(setDigest(given)).not.toBe(setDigest({ train: given.train }));
});

test("the official test is every seed's, whole", async () => {
  const [set] = readRecord(out).sets;
  const sum = (counts: readonly number[] = []): number => counts.reduce((a, b) => a + b, 0);
  expect(set?.parts.map(({ counts }) => sum(counts)).slice(0, 3)).toEqual([
    ...[TRAINED - 8, 8, given.test.sequences.length],
  ]);
  const rows = await readRows(join(out, "predictions.arrow"));
  for (const seed of [1, 2]) {
    const own = rows.filter((row) => row.seed === seed && row.model === "scratch");
    expect(own.map(({ id }) => id)).toEqual(given.test.sequences.map(({ id }) => id));
  }
  expect(set?.protocol).toMatch(
    /^Official test; of the official training part 10\u00a0% for validation/,
  );
  const [difference] = set?.differences ?? [];
  const groups = new Set(rows.map(({ group }) => group)).size;
  expect(difference?.bootstrap?.whole.groups).toBe(groups); // a sequence is of one group in both seeds
  expect(groups).toBeLessThanOrEqual(given.test.sequences.length);
});

test("papers' numbers are those of the sets of the report alone", async () => {
  const { published } = readRecord(out);
  const known = await readPublished();
  const named = known.filter(({ results }) => results.some(({ set }) => set === NAME));
  expect(published.map(({ name }) => name)).toEqual(named.map(({ name }) => name));
  expect(published.length).toBeGreaterThan(2);
  for (const [i, { results }] of published.entries()) {
    expect(results).toEqual(
      JSON.parse(JSON.stringify(named[i]?.results.filter(({ set }) => set === NAME))),
    );
  }
});
