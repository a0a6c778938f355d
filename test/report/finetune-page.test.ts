import { describe, expect, test } from "vitest";
import { finetunePage } from "../../src/report/finetune/finetune-page.ts";
import { finetuneVerdict, majorityShare } from "../../src/report/finetune/finetune-verdict.ts";
import type { FinetuneRecord, FinetuneTest } from "../../src/report/finetune-record.ts";
import { METRIC_NAMES } from "../../src/report/metric-labels.ts";
import { selectPredictions } from "../../src/stats/predictions.ts";
import { fabricatedFinetune, scoresOf } from "../support/fabricated-finetune.ts";
import { fabricatedPredictions } from "../support/fabricated-predictions.ts";
import type { HtmlDocument } from "../support/parse-html.ts";
import { xorshift32 } from "../support/random-ids.ts";
import { expectSoundPage } from "./html/expect-sound-page.ts";
import { tableRows } from "./html/table-rows.ts";

const record = fabricatedFinetune();
const page = expectSoundPage(finetunePage(record));
const testOf = ({ test: found }: FinetuneRecord): FinetuneTest => {
  if (found === undefined) throw new Error("expected a test");
  return found;
};
const textOf = (document: HtmlDocument): string => document.all("body")[0]?.text ?? "";

describe("numbers shown are the record's", () => {
  const { whole, deduplicated, accuracyBy } = testOf(record);

  test("every metric of both tests with its interval, and of validation", () => {
    const [sequences, ...rows] = tableRows(page, "Every metric by part");
    expect(sequences).toEqual([
      ...["sequences", "400", String(deduplicated?.metrics.sequences), "200"],
    ]);
    for (const [i, name] of METRIC_NAMES.entries()) {
      const cells = [whole, deduplicated].map((scores) => {
        const { low, high } = scores?.intervals[name].interval ?? { low: 9, high: 9 };
        return `${scores?.metrics[name]?.toFixed(3)}${low.toFixed(3)}–${high.toFixed(3)}`;
      });
      expect(rows[i]?.slice(1)).toEqual([...cells, record.valid?.[name]?.toFixed(3)]);
    }
  });

  test("classes, confusion, reliability and accuracy by property", () => {
    expect(tableRows(page, "Scores by class")).toEqual(
      whole.metrics.byClass.map(({ count, precision, recall, f1 }, c) => [
        ...[record.classes[c], String(count)],
        ...[precision, recall, f1].map((value) => value?.toFixed(3)),
      ]),
    );
    const counts = tableRows(page, "Confusion matrix").map((row) => row.slice(1));
    for (const [i, row] of whole.metrics.confusion.entries()) {
      const total = row.reduce((sum, count) => sum + count, 0);
      expect(counts[i]).toEqual(
        row.map((count) => `${count}${((100 * count) / total).toFixed(1)}\u00a0%`),
      );
    }
    const full = whole.metrics.reliability.filter(({ count }) => count > 0);
    expect(tableRows(page, "Reliability bins").map((row) => row[1])).toEqual(
      full.map(({ count }) => String(count)),
    );
    const bins = [...accuracyBy.length, ...accuracyBy.gc, ...accuracyBy.nearest];
    expect(tableRows(page, "Accuracy by property").map((row) => row.slice(1))).toEqual(
      bins.map(({ count, accuracy }) => [String(count), accuracy?.toFixed(3) ?? "–"]),
    );
  });

  test("bins are named by what is in them: whole bases up to the last, shares as percents", () => {
    const heads = tableRows(page, "Accuracy by property").map(([head]) => head);
    expect(heads.slice(0, 5)).toEqual([
      ...["length, bases: 200–299", "300–399", "400–499", "500–599", "G and C, %: 0–30"],
    ]);
    expect(heads.slice(-5)).toEqual([
      ...["24-mers shared, %: 0–10", "10–25", "25–50", "50–90", "90–100"],
    ]);
  });

  test("the curve with a ring around the epoch that was kept, parts and leakage", () => {
    expect(tableRows(page, "Learning curves").map((row) => row[1])).toEqual(
      record.curve.map(({ validAccuracy }) => validAccuracy?.toFixed(4)),
    );
    expect(page.all("circle", "ring")).toHaveLength(2);
    expect(tableRows(page, "Sequences by part and class")[0]).toEqual([
      ...["train", "1,800", "1,810", "3,610"],
    ]);
    expect(tableRows(page, "Leakage by bases")[0]?.slice(1)).toEqual([
      ...["400", "0.8\u00a0%3", expect.stringMatching(/%\d+$/)],
    ]);
    expect(textOf(page)).toContain("By intervals: not known, the sequences have no coordinates.");
    expect(textOf(page)).toContain("8 of at most 10 epochs, 1,600 steps; the weights of epoch 5");
  });
});

describe("the verdict", () => {
  const share = majorityShare(testOf(record).whole.metrics).toFixed(3);

  test("above the share of the most frequent class, with intervals on both tests", () => {
    const { standing, text } = finetuneVerdict(record);
    expect(standing).toBe("above");
    const { accuracy } = testOf(record).whole.metrics;
    expect(text).toContain(`accuracy ${accuracy?.toFixed(3)} against ${share} on the whole test`);
    expect(text.match(/95\u00a0% 0\.\d{3}–0\.\d{3}/g)).toHaveLength(2);
    expect(page.all("ul", "verdicts")[0]?.text).toContain(text);
  });

  test.each([
    [-0.5, "below", "NOT MORE OFTEN"],
    [0, "unclear", "NOT CLEARLY MORE OFTEN"],
  ])("of a classifier of strength %d", (strength, standing, words) => {
    const found = finetuneVerdict(fabricatedFinetune({ strength }));
    expect(found).toMatchObject({ standing, text: expect.stringContaining(words) });
  });

  test("of a run without a test part, and of one that has not finished", () => {
    const untested = { ...record, test: undefined, leakage: undefined };
    expect(finetuneVerdict(untested)).toMatchObject({
      standing: "absent",
      text: expect.stringMatching(/^HAS NO TEST PART\. Accuracy 0\.\d{3} on validation/),
    });
    const unfinished = { ...untested, isFinished: false, valid: undefined };
    const best = record.curve[4]?.validAccuracy?.toFixed(3);
    expect(finetuneVerdict(unfinished).text).toBe(
      `HAS NOT FINISHED: 8 of at most 10 epochs. The best so far is epoch 5, with accuracy ${best} on validation.`,
    );
    const begun = { ...unfinished, curve: [], keptEpoch: undefined };
    expect(finetuneVerdict(begun).text).toBe("HAS NOT FINISHED: 0 of at most 10 epochs.");
  });
});

describe("what is not there is said in words", () => {
  test("no test part: the metrics of validation, and no figure of a test", () => {
    const found = expectSoundPage(finetunePage({ ...record, test: undefined, leakage: undefined }));
    expect(tableRows(found, "Every metric by part")[0]).toEqual(["sequences", "200"]);
    expect(() => tableRows(found, "Confusion matrix")).toThrow("no table");
    expect(found.all("svg")).toHaveLength(2);
  });

  test("not finished, not an epoch long", () => {
    const bare = { ...record, isFinished: false, curve: [], parts: [], keptEpoch: undefined };
    const found = expectSoundPage(
      finetunePage({ ...bare, valid: undefined, test: undefined, leakage: undefined }),
    );
    expect(textOf(found)).toContain("Nothing was predicted yet.");
    expect(textOf(found)).toContain("Nothing was trained in epochs.");
    expect(found.all("svg")).toEqual([]);
  });

  test("training sequences that are not here", () => {
    const test = { ...testOf(record), deduplicated: undefined, grouping: "none" as const };
    const accuracyBy = { ...test.accuracyBy, nearest: [] };
    const missing = ["They are not here: https://me:hunter2@host/a.csv"];
    const found = expectSoundPage(
      finetunePage({ ...record, test: { ...test, accuracyBy }, leakage: undefined, missing }),
    );
    expect(tableRows(found, "Every metric by part")[0]).toEqual(["sequences", "400", "200"]);
    expect(textOf(found)).toContain("sequences taken as independent");
    expect(textOf(found)).toContain("They are not here");
    expect(textOf(found)).not.toContain("hunter2");
  });

  test("a class without a test sequence, and a de-duplicated test without any", () => {
    const classes = ["a", "b", "c"];
    const all = fabricatedPredictions({ classes, sequences: 90, strength: 2, next: xorshift32(3) });
    const places = [...all.labels.keys()].filter((i) => all.labels[i] !== 2);
    const test = {
      ...testOf(fabricatedFinetune({ classes })),
      whole: scoresOf(selectPredictions(all, places)),
      deduplicated: scoresOf(selectPredictions(all, [])),
    };
    const found = expectSoundPage(finetunePage({ ...fabricatedFinetune({ classes }), test }));
    expect(textOf(found)).toContain("The test has no sequence of c:");
    const rows = tableRows(found, "Every metric by part");
    expect(rows.find(([name]) => name === "AUROC")?.slice(1, 3)).toEqual(["–", "–"]);
    expect(rows[0]?.[2]).toBe("0");
    expect(finetuneVerdict({ ...record, test }).text).not.toContain("de-duplicated");
  });

  test("sequences of one length have a sentence instead of a chart", () => {
    const { accuracyBy } = testOf(record);
    const [row] = accuracyBy.length;
    if (row === undefined) throw new Error("expected a row");
    const length = [{ ...row, from: 251, to: 252 }];
    const test = { ...testOf(record), accuracyBy: { ...accuracyBy, length } };
    const found = expectSoundPage(finetunePage({ ...record, test }));
    expect(textOf(found)).toContain("All sequences have 251 bases.");
    expect(found.byId("test-by-length-t")).toBeUndefined();
    expect(found.byId("test-by-gc-t")).toBeDefined();
  });
});

test("hostile and very long names change text and nothing else", () => {
  const bad = `x" onload='alert(1)'><script>alert(1)</script>${"\u{1f9ec}long".repeat(60)}\u0000`;
  const spoil = (value: unknown): unknown => {
    if (typeof value === "string") return value + bad;
    if (Array.isArray(value)) return value.map(spoil);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoil(one)]));
  };
  const found = expectSoundPage(finetunePage(spoil(record) as FinetuneRecord));
  const skeleton = ({ elements }: HtmlDocument): string[] => elements.map(({ tag }) => tag);
  expect(skeleton(found)).toEqual(skeleton(page));
});

test("a record that was written and read again makes the same page", () => {
  expect(finetunePage(JSON.parse(JSON.stringify(record)))).toBe(finetunePage(record));
});
