/** `gdiff report` of a fine-tuning run: every figure computed again from its table of predictions by other means. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readLabelledSequences } from "../../../src/data/labelled/node-read-labelled-sequences.ts";
import type { FinetuneRecord } from "../../../src/report/finetune-record.ts";
import { naiveDraws, naiveQuantile } from "../../naive/bootstrap.ts";
import { naiveMetrics } from "../../naive/classification-metrics.ts";
import { naiveGroups } from "../../naive/groups.ts";
import { naiveLeakage } from "../../naive/leakage.ts";
import { isEqualOnAStrand, naiveKmers } from "../../naive/shared-kmers.ts";
import { expectSoundPage } from "../../report/html/expect-sound-page.ts";
import { expectClose } from "../../support/expect-close.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { CONTIG, type PlacedRow } from "../benchmark/small-sets.ts";
import { gdiff } from "../support/tiny-run.ts";
import {
  CLASSES,
  PRETRAINED_BASES,
  type Row,
  readRows,
  smallFinetune,
  testOf,
} from "./small-finetune.ts";

const small = smallFinetune();
const { run: RUN, csv: CSV } = small;
const METRICS = [
  ...(["accuracy", "f1", "matthews", "auroc", "auprc", "logLoss", "brier", "ece"] as const),
];

let placed: readonly PlacedRow[];
let record: FinetuneRecord;
let rows: readonly Row[];
/** Of test sequences, in the order of rows. */
let isGivenAway: readonly boolean[];

beforeAll(async () => {
  placed = small.placed();
  record = small.record();
  rows = await readRows(join(RUN, "predictions.test.arrow"));
  isGivenAway = await naiveGivenAway();
});

/** Those that share 64 bases with a sequence that is not tested, or are equal to one. */
async function naiveGivenAway(): Promise<boolean[]> {
  const { sequences } = await readLabelledSequences(CSV);
  const tested = new Set(rows.map(({ id }) => id));
  const trained = sequences
    .filter(({ id }) => !tested.has(id))
    .map(({ ids }) => ({ ids, kmers: naiveKmers(ids, 64) }));
  return rows.map(({ id }) => {
    const { ids } = sequences.find((one) => one.id === id) as (typeof sequences)[number];
    const kmers = [...naiveKmers(ids, 64)];
    return trained.some(
      (other) => kmers.some((kmer) => other.kmers.has(kmer)) || isEqualOnAStrand(ids, other.ids),
    );
  });
}

const placedRow = (id: string): PlacedRow => placed.find((row) => row.id === id) as PlacedRow;

describe("figures of the test", () => {
  const testedRows = (kind: "whole" | "deduplicated"): readonly Row[] =>
    rows.filter((_, i) => kind === "whole" || !isGivenAway[i]);

  test.each(["whole", "deduplicated"] as const)(
    "metrics, classes, confusion and bins: %s",
    (kind) => {
      const own = testedRows(kind);
      expect(own.length).toBeGreaterThan(10);
      const metrics = testOf(record)[kind]?.metrics;
      expectClose(metrics, naiveMetrics(own, CLASSES));
      for (const [c, name] of CLASSES.entries()) {
        const count = (isMeant: (row: Row) => boolean): number => own.filter(isMeant).length;
        const hits = count(({ label, predicted }) => label === name && predicted === name);
        const [labelled, taken] = [
          count(({ label }) => label === name),
          count(({ predicted }) => predicted === name),
        ];
        expectClose(metrics?.byClass[c], {
          ...{ count: labelled, precision: hits / taken, recall: hits / labelled },
          f1: (2 * hits) / (labelled + taken),
        });
      }
    },
  );

  test("the two tests differ: copies of training sequences are among the tests", () => {
    expect(testedRows("deduplicated").length).toBeLessThan(rows.length);
  });

  test.each(["whole", "deduplicated"] as const)("intervals over whole groups: %s", (kind) => {
    const own = testedRows(kind);
    const places = own.map(({ id }) => placedRow(id));
    const groups = naiveGroups(own.length, (a, b) => {
      const [one, other] = [places[a] as PlacedRow, places[b] as PlacedRow];
      return Math.min(one.end, other.end) > Math.max(one.start, other.start);
    });
    const count = new Set(groups).size;
    expect(count).toBeLessThan(own.length);
    const drawn = naiveDraws([...groups], count).map((draw) =>
      naiveMetrics(
        draw.map((i) => own[i] as Row),
        CLASSES,
      ),
    );
    for (const metric of METRICS) {
      const sorted = drawn.map((metrics) => metrics[metric]).sort((a, b) => a - b);
      expectClose(testOf(record)[kind]?.intervals[metric], {
        ...{ groups: count, replicates: 1000 },
        interval: { low: naiveQuantile(sorted, 0.025), high: naiveQuantile(sorted, 0.975) },
      });
    }
  });

  test("accuracy by length, GC and nearness; no sequence is in two rows", async () => {
    const { accuracyBy } = testOf(record);
    const { sequences } = await readLabelledSequences(CSV);
    const kmers = new Map(sequences.map(({ id, ids }) => [id, naiveKmers(ids, 24)]));
    const tested = new Set(rows.map(({ id }) => id));
    const trained = [...kmers].filter(([id]) => !tested.has(id)).map(([, own]) => own);
    const nearest = rows.map(({ id }) => {
      const own = [...(kmers.get(id) as Set<string>)];
      const shared = trained.map((other) => own.filter((kmer) => other.has(kmer)).length);
      return Math.max(...shared) / own.length;
    });
    const values = {
      length: rows.map(({ length }) => length),
      gc: rows.map(({ gc }) => gc),
      nearest,
    };
    for (const property of ["length", "gc", "nearest"] as const) {
      const bins = accuracyBy[property];
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      for (const [b, { from, to, count, accuracy }] of bins.entries()) {
        const here = rows.filter((_, i) => {
          const value = values[property][i] as number;
          return value >= from && (value < to || (b === bins.length - 1 && value === to));
        });
        const hits = here.filter(({ label, predicted }) => label === predicted).length;
        expect([count, accuracy]).toEqual([
          ...[here.length, here.length === 0 ? undefined : hits / here.length],
        ]);
      }
    }
  });

  test("scikit-learn finds the same numbers in the table", ({ skip }) => {
    if (!hasPythonModule("sklearn") || !hasPythonModule("pyarrow")) return skip();
    const path = join(RUN, "predictions.test.arrow");
    const found = JSON.parse(runPython(SCIKIT_LEARN, [path])) as Record<string, number>;
    expect(Object.keys(found)).toHaveLength(7);
    expectClose(testOf(record).whole.metrics, found);
  });
});

/** Of two classes, the last is the positive one. */
const SCIKIT_LEARN = `
import json, sys, pyarrow as pa
from sklearn import metrics as m
t = pa.ipc.open_file(sys.argv[1]).read_all().to_pydict()
y = [int(l == "rich") for l in t["label"]]
h = [int(l == "rich") for l in t["predicted"]]
p = t["p_rich"]
print(json.dumps({"accuracy": m.accuracy_score(y, h), "f1": m.f1_score(y, h),
  "matthews": m.matthews_corrcoef(y, h), "auroc": m.roc_auc_score(y, p),
  "auprc": m.average_precision_score(y, p), "brier": m.brier_score_loss(y, p),
  "logLoss": m.log_loss(y, p)}))
`;

describe("figures of training and data", () => {
  test("the curve is the log's, and the ring is at the epoch that was kept", () => {
    const log = readFileSync(join(RUN, "metrics.jsonl"), "utf8").trimEnd().split("\n");
    const lines = log.map((line) => JSON.parse(line) as Record<string, number>);
    const ends = lines.filter(({ validAccuracy }) => validAccuracy !== undefined);
    expect(ends).toHaveLength(2);
    for (const [i, { validAccuracy, validLossNats }] of ends.entries()) {
      const losses = lines
        .filter(({ epoch }) => Math.ceil(epoch as number) === i + 1)
        .map(({ lossNats }) => lossNats as number);
      expectClose(record.curve[i], {
        ...{ epoch: i + 1, validAccuracy, validLossNats },
        trainLossNats: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
      });
    }
    const result = JSON.parse(readFileSync(join(RUN, "result.json"), "utf8"));
    expect(record.keptEpoch).toBe(result.best.epoch);
    expect([record.step, record.parameters]).toEqual([result.step, result.parameters]);
    expect(record.provenance.data.map(({ sha256 }) => sha256)).toContain(result.dataSha256);
    expect(record.provenance.seconds).toBe(lines.at(-1)?.seconds);
  });

  test("parts by class, validation, and what the test shares", async () => {
    const valid = await readRows(join(RUN, "predictions.valid.arrow"));
    expectClose(record.valid, naiveMetrics(valid, CLASSES));
    const kept = rows.filter((_, i) => !isGivenAway[i]);
    const counts = (of: readonly { readonly label: string }[]): number[] =>
      CLASSES.map((name) => of.filter(({ label }) => label === name).length);
    const elsewhere = new Set([...rows, ...valid].map(({ id }) => id));
    expect(record.parts).toEqual([
      { name: "train", counts: counts(placed.filter(({ id }) => !elsewhere.has(id))) },
      { name: "validation", counts: counts(valid) },
      { name: "test", counts: counts(rows) },
      { name: "de-duplicated test", counts: counts(kept) },
    ]);
    const tested = new Set(rows.map(({ id }) => id));
    const onContig = placed.map((row) => ({ ...row, contig: CONTIG.name }));
    const tests = onContig.filter(({ id }) => tested.has(id));
    const trains = onContig.filter(({ id }) => !tested.has(id));
    expect(record.leakage?.intervals).toEqual(naiveLeakage(trains, tests));
    expect(record.leakage?.sequences?.sharingBases).toBe(rows.length - kept.length);
    const inside = tests.map(
      ({ start, end }) => Math.max(0, Math.min(end, PRETRAINED_BASES) - start) / (end - start),
    );
    expect(record.leakage?.pretraining).toEqual({
      tests: tests.length,
      touching: inside.filter((share) => share > 0).length,
      halfInside: inside.filter((share) => share >= 0.5).length,
      inside: inside.filter((share) => share === 1).length,
    });
    expect(record.missing).toEqual([]);
  });
});

test("the command writes the page, twice the same; --json has the test's numbers in full", async () => {
  const out = small.at("page.html");
  const done = await gdiff(["report", RUN, "--date", "1 May 2030", "--out", out, "--json"]);
  expect(done).toMatchObject({ code: 0 });
  const { test: found, files } = JSON.parse(done.stdout);
  expect(files).toEqual([out]);
  expect(found).toEqual(JSON.parse(JSON.stringify(record.test)));
  expect(await gdiff(["report", RUN, "--date", "1 May 2030"])).toMatchObject({
    ...{ code: 0, stdout: `${join(RUN, "report.html")}\n` },
  });
  expect(readFileSync(join(RUN, "report.html"), "utf8")).toBe(readFileSync(out, "utf8"));
  const text = expectSoundPage(readFileSync(out, "utf8")).all("body")[0]?.text ?? "";
  for (const name of METRICS) {
    expect(text).toContain(testOf(record).whole.metrics[name]?.toFixed(3));
  }
  expect(text).toContain("1 May 2030");
});
