import { describe, expect, test } from "vitest";
import { studyPage } from "../../src/report/study/study-page.ts";
import { standingOf } from "../../src/report/study/study-verdict.ts";
import { fabricatedStudy } from "../support/fabricated-study.ts";
import { expectSoundPage } from "./html/expect-sound-page.ts";
import { tableRows } from "./html/table-rows.ts";

const record = fabricatedStudy();
const page = expectSoundPage(studyPage(record));

const RETRY =
  "To train mlm otherwise, delete the folder trials/mlm of all its seeds, and give the same command with --set-for mlm:train.lr=LOWER.";
const number = (text: string | undefined): number =>
  Number((text ?? "").replace("−", "-").replaceAll(/[,≤+\s]/g, ""));

test("the network that all arms share is named", () => {
  expect(studyPage(record)).toContain("networks of 2 layers of width 64; 3 seeds");
});

describe("numbers shown are the record's", () => {
  const rows = tableRows(page, "Arms");

  test("of every arm: bits, errors, kind, parameters, speed; of the most calls its divergences", () => {
    for (const [i, arm] of record.arms.entries()) {
      const row = rows[i] ?? [];
      expect(row[0]).toBe(arm.name);
      const { mean, errorOverSeeds, errorOverWindows } = arm.bits;
      const shown = [mean, errorOverSeeds, errorOverWindows].map((value) => value?.toFixed(4));
      expect(row.slice(1, 4).map(number)).toEqual(shown.map(Number));
      expect(number(row[5])).toBe(arm.parameters);
      expect(Math.abs(number(row[6]) / (arm.tokensPerSecond ?? 0) - 1)).toBeLessThan(0.005);
      const samples = arm.samples.at(-1);
      expect(row.slice(7).map(number)).toEqual([
        samples?.calls,
        Number(samples?.divergences[3]?.bits.toFixed(4)),
        Number(samples?.divergences[5]?.bits.toFixed(4)),
      ]);
    }
    expect(rows.slice(record.arms.length).map(([name]) => name)).toEqual([
      "back-off of orders 0–12",
      ...record.references.map(({ name }) => name),
    ]);
  });

  test("bounds are marked, exact numbers are not", () => {
    for (const { name, kind } of record.arms) {
      const row = rows.find(([head]) => head === name) ?? [];
      expect([name, row[1]?.startsWith("≤"), row[4]?.startsWith("upper bound")]).toEqual([
        name,
        kind === "bound",
        kind === "bound",
      ]);
    }
    const bySeed = tableRows(page, "Bits per base by seed");
    expect(bySeed.map((row) => row.slice(1).every((cell) => cell.startsWith("≤")))).toEqual(
      record.arms.map(({ kind }) => kind === "bound"),
    );
  });

  test("every two arms, with whether they differ by more than the spread", () => {
    const shown = tableRows(page, "Differences");
    expect(shown).toHaveLength(10);
    for (const [i, difference] of record.differences.entries()) {
      const row = shown[i] ?? [];
      expect(row[0]).toBe(`${difference.more} − ${difference.less}`);
      expect(number(row[1])).toBe(Number(difference.overSeeds.mean.toFixed(4)));
      expect(row.at(-1)).toBe(
        standingOf(difference) === "clear" ? "more than the spread" : "within the spread",
      );
    }
    expect(new Set(shown.map((row) => row.at(-1))).size).toBe(2);
  });

  test("validations of every arm, means over seeds", () => {
    const shown = tableRows(page, "Validations");
    expect(shown).toHaveLength(20);
    for (const [a, { trials }] of record.arms.entries()) {
      const bits = trials.map(({ curve }) => curve[4]?.bits ?? 0);
      const mean = bits.reduce((sum, value) => sum + value) / bits.length;
      expect(number(shown[4]?.[a + 1])).toBeCloseTo(mean, 3);
    }
  });
});

test("divergences of every number of calls, and of what stands beside them", () => {
  const shown = tableRows(page, "Divergences");
  const rows = record.arms.flatMap((arm) => arm.samples.map((samples) => ({ arm, samples })));
  expect(shown).toHaveLength(rows.length + record.references.length);
  for (const [i, { arm, samples }] of rows.entries()) {
    const row = shown[i] ?? [];
    expect([row[0], row[1], number(row[2])]).toEqual([arm.name, samples.method, samples.calls]);
    expect(row.slice(3).map((cell) => number(cell.split("±")[0]))).toEqual(
      samples.divergences.map(({ bits }) => Number(bits.toFixed(4))),
    );
  }
});

test("charts have a mark or a line for every arm, and say what they show", () => {
  const ids = page.all("svg").map(({ attributes }) => attributes.get("aria-labelledby"));
  expect(ids).toEqual(
    [
      "arm-bits",
      "arm-kmers",
      "over-seeds",
      "over-windows",
      "learning",
      "learning-end",
      "kmers-by-length",
      "kmers-by-calls",
    ].map((id) => `${id}-t ${id}-d`),
  );
});

test("of one seed it says that the spread is not known, of one number of calls it has no such chart", () => {
  const one = expectSoundPage(studyPage(fabricatedStudy(1, [64])));
  const text = one.all("body")[0]?.text ?? "";
  expect(text).toMatch(
    / \? mdlm ≤\u00a01\.9.*; ≤ marks upper bounds, \? a difference whose spread is not known\./,
  );
  expect(text).toContain("THE SPREAD IS NOT KNOWN, as there is one seed");
  expect(tableRows(one, "Differences").map((row) => row.at(-1))).toEqual(
    new Array(10).fill("spread not known"),
  );
  expect(text).not.toContain("NaN");
});

test("trials that failed are named, with what training said", () => {
  expect(tableRows(page, "Trials that failed")).toEqual([
    [
      "mlm",
      "4",
      "expected a finite parameter norm at step 41: lower --lr or lengthen the warm-up",
      "trials/mlm/seed=4",
    ],
  ]);
  expect(page.all("body")[0]?.text).toContain(RETRY);
  expect(page.all("body")[0]?.text).not.toContain("FAILED");
});

test("an arm of which every trial failed is named beside the order", () => {
  const arms = record.arms.filter(({ name }) => name !== "mlm");
  const opening = studyPage({ ...record, arms });
  expect(opening).toMatch(/ bits per base of the test; .*spread\. <b>FAILED: mlm\.<\/b><\/p>/);
});
