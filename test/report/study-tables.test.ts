import { describe, expect, test } from "vitest";
import { formatStudy } from "../../pipelines/study/format-report.ts";
import { rowCount, type Table } from "../../src/data/table/table.ts";
import { studyMarkdown } from "../../src/report/study/study-markdown.ts";
import { armTable, curveTable, trialTable } from "../../src/report/study/study-tables.ts";
import { fabricatedStudy } from "../support/fabricated-study.ts";

const record = fabricatedStudy();
const column = (table: Table, name: string): unknown[] => [
  ...(table.columns.find((one) => one.name === name)?.values ?? []),
];

describe("tables for other tools", () => {
  test("a row an arm and number of calls, with the numbers of the record", () => {
    const table = armTable(record);
    const rows = record.arms.flatMap((arm) => arm.samples.map((samples) => ({ arm, samples })));
    expect(rowCount(table)).toBe(13); // four arms with three numbers of calls, ar with one
    expect(column(table, "arm")).toEqual(rows.map(({ arm }) => arm.name));
    expect(column(table, "kind")).toEqual(rows.map(({ arm }) => arm.kind));
    expect(column(table, "bitsPerBase")).toEqual(rows.map(({ arm }) => arm.bits.mean));
    expect(column(table, "errorOverSeeds")).toEqual(rows.map(({ arm }) => arm.bits.errorOverSeeds));
    expect(column(table, "tokensPerSecond")).toEqual(rows.map(({ arm }) => arm.tokensPerSecond));
    expect(column(table, "calls")).toEqual(rows.map(({ samples }) => samples.calls));
    for (const k of [1, 6]) {
      expect(column(table, `divergence${k}`)).toEqual(
        rows.map(({ samples }) => samples.divergences[k - 1]?.bits),
      );
    }
  });

  test("a row a trial and number of calls, and a row a validation", () => {
    const trials = trialTable(record);
    expect(rowCount(trials)).toBe(3 * 13);
    expect(new Set(column(trials, "run")).size).toBe(15);
    const curves = curveTable(record);
    expect(rowCount(curves)).toBe(15 * 20);
    const staged = column(curves, "objective").filter(
      (_, i) => column(curves, "arm")[i] === "mlm+mdlm",
    );
    expect(staged.slice(0, 20)).toEqual([
      ...new Array(10).fill("mlm"),
      ...new Array(10).fill("mdlm"),
    ]);
  });

  test("of one seed errors are NaN, not 0", () => {
    const one = armTable(fabricatedStudy(1));
    expect(column(one, "errorOverSeeds").every(Number.isNaN)).toBe(true);
    expect(column(one, "errorOverWindows").some(Number.isNaN)).toBe(false);
  });
});

describe("Markdown", () => {
  const text = studyMarkdown(record);
  const cells = (line: string): string[] =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());

  test("the network that all arms share is named", () => {
    expect(text).toContain("bases; networks of 2 layers of width 64; test:");
  });

  test("every table is as wide as its head", () => {
    const tables = text
      .trim()
      .split("\n\n")
      .filter((block) => block.startsWith("|"));
    expect(tables).toHaveLength(7);
    for (const table of tables) {
      expect(new Set(table.split("\n").map((line) => cells(line).length)).size).toBe(1);
    }
  });

  test("has every arm's bits, with its kind", () => {
    for (const { name, kind, bits } of record.arms) {
      const sign = kind === "bound" ? "≤\u00a0" : "";
      expect(text).toContain(`| ${name} | ${sign}${bits.mean.toFixed(4)} |`);
    }
  });
});

test("of one pair no other pair's intervals are spoken of", () => {
  const [only] = record.differences;
  const text = studyMarkdown({ ...record, differences: only === undefined ? [] : [only] });
  expect(text).toContain("by window. Each of the two intervals holds with 95\u00a0%.");
  expect(studyMarkdown(record)).toContain(
    "Intervals hold for all 10 pairs together with 95\u00a0% (",
  );
});

test("on a terminal: the order first, then a line a pair of neighbours, then the table", () => {
  const lines = formatStudy(record).split("\n");
  expect(lines[0]).toMatch(/^ar 1\.90\d\d < mdlm ≤ 1\.9\d\d\d (<|≈) sedd ≤ 1\.9/);
  expect(lines[1]).toMatch(/^≤ marks upper bounds, < a difference above the spread/);
  expect(lines.slice(2, 6).map((line) => line.split(" ")[0])).toEqual([
    "ar",
    ...record.arms.slice(1, 4).map(({ name }) => name),
  ]);
  expect(
    lines.filter((line) => /^(ar|sedd) +/.test(line) && line.includes("793,604")),
  ).toHaveLength(4);
  expect(lines).toContain(
    "failed: mlm, seed 4: expected a finite parameter norm at step 41: lower --lr or lengthen the warm-up (in trials/mlm/seed=4)",
  );
  expect(lines).toContain(
    "To train mlm otherwise, delete the folder trials/mlm of all its seeds, and give the same command with --set-for mlm:train.lr=LOWER.",
  );
  const arms = record.arms.filter(({ name }) => name !== "mlm");
  expect(formatStudy({ ...record, arms }).split("\n")[0]).toMatch(/^ar 1\.9.*; FAILED: mlm$/);
  expect(studyMarkdown({ ...record, arms })).toMatch(/^\*\*ar .* \*\*FAILED: mlm\.\*\*$/m);
});
