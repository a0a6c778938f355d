import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { FileError } from "../../../src/errors.ts";
import { parsePublished } from "../../../src/report/published/parse-published.ts";
import type { PublishedTable } from "../../../src/report/published/published-table.ts";
import { readPublished } from "../../../src/report/published/read-published.ts";
import { sharedFile } from "../../support/oracles.ts";

const FOLDER = join(import.meta.dirname, "../../../data/manifests");
const schema: object = JSON.parse(
  readFileSync(join(FOLDER, "schema/published.schema.json"), "utf8"),
);
const isValid = new Ajv2020({ strict: true }).compile(schema);
const text = readFileSync(join(FOLDER, "published/genomic-benchmarks.json"), "utf8");
const tables = await readPublished();

function named(name: string): PublishedTable {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
}

/** Numbers of a table by set, in the order of its columns. */
function rowsOf({ results }: PublishedTable): Map<string, [number, number | undefined][]> {
  const rows = new Map<string, [number, number | undefined][]>();
  for (const { set, value, plusMinus } of results) {
    rows.set(set, [...(rows.get(set) ?? []), [value, plusMinus]]);
  }
  return rows;
}

test("the package's file is as its schema says", () => {
  isValid(JSON.parse(text));
  expect(isValid.errors).toBeNull();
});

/** How the specification's tables shorten the names of sets. */
const SHORT: Readonly<Record<string, string>> = {
  "mouse enhancers": "dummy_mouse_enhancers_ensembl",
  mouse: "dummy_mouse_enhancers_ensembl",
  "coding vs intergenomic": "demo_coding_vs_intergenomic_seqs",
  coding: "demo_coding_vs_intergenomic_seqs",
  "human vs worm": "demo_human_or_worm",
  worm: "demo_human_or_worm",
  "human enhancers cohn": "human_enhancers_cohn",
  cohn: "human_enhancers_cohn",
  "human enhancers ensembl": "human_enhancers_ensembl",
  "enh. ensembl": "human_enhancers_ensembl",
  "human regulatory": "human_ensembl_regulatory",
  regulatory: "human_ensembl_regulatory",
  "human OCR ensembl": "human_ocr_ensembl",
  OCR: "human_ocr_ensembl",
  "human nontata promoters": "human_nontata_promoters",
  nontata: "human_nontata_promoters",
};
const specification = sharedFile("spec/masked-diffusion.md");

describe.skipIf(specification === undefined)("numbers are those of the specification", () => {
  const lines = readFileSync(specification ?? "/dev/null", "utf8").split("\n");
  const cellsAfter = (heading: string): string[][] => {
    const start = lines.findIndex((line) => line.startsWith(heading));
    const first = lines.findIndex((line, i) => i > start && line.startsWith("|"));
    const end = lines.findIndex((line, i) => i > first && !line.startsWith("|"));
    return lines.slice(first + 2, end).map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
  };

  test.each([
    ["mdlm", "**Table 7", 5],
    ["caduceus", "### 4.4", 6],
  ])("%s", (name, heading, columns) => {
    const rows = rowsOf(named(name));
    const cells = cellsAfter(heading);
    expect(cells).toHaveLength(8);
    expect(rows.size).toBe(8);
    for (const [set = "", ...numbers] of cells) {
      expect(numbers).toHaveLength(columns);
      const expected = numbers.map((cell) => /^(\.\d+)±(\.\d+)/.exec(cell)?.slice(1).map(Number));
      expect(rows.get(SHORT[set] ?? set)).toEqual(expected);
    }
  });

  test("caduceus cut sequences at the lengths that its sets were given", () => {
    const line = lines.find((one) => one.startsWith("- max_length: ")) ?? "";
    const lengths = line
      .split(". ")[0]
      ?.match(/ \d+(?=,|$)/g)
      ?.map(Number);
    expect(lengths).toHaveLength(8);
    const { selection } = named("caduceus").protocol;
    const said = /cut at ([0-9, or]+) bases/.exec(selection)?.[1]?.match(/\d+/g)?.map(Number);
    expect(said).toEqual([...new Set(lengths)].sort((a, b) => a - b));
  });

  test("genomic-benchmarks", () => {
    const rows = rowsOf(named("genomic-benchmarks"));
    const cells = cellsAfter("### 4.5");
    expect(cells).toHaveLength(9);
    for (const [first = "", , , , torch = "", tensorflow = ""] of cells) {
      const set = first.split(" ")[0] ?? "";
      const percent = [torch, tensorflow].flatMap((cell) => cell.split(" / ").map(Number));
      const found = rows.get(set)?.map(([value]) => Number((100 * value).toFixed(1)));
      expect(found, set).toEqual(percent);
    }
  });

  test("hyenadna-readme, the only one that was selected on the test set", () => {
    const line = lines.find((one) => one.startsWith("HyenaDNA README numbers")) ?? "";
    const percent = [...line.matchAll(/ (\d\d\.\d)[,.]/g)].map((match) => Number(match[1]));
    const values = named("hyenadna-readme").results.map(({ value }) => 100 * value);
    expect(values.map((value) => Number(value.toFixed(1)))).toEqual(percent);
    const onTest = tables.filter(({ protocol }) => protocol.isSelectedOnTest);
    expect(onTest.map(({ name }) => name)).toEqual(["hyenadna-readme"]);
  });
});

describe("what is refused", () => {
  const GOOD = {
    schema: 1,
    about: "a",
    tables: [
      {
        name: "a",
        paper: "b",
        source: "c",
        table: "d",
        protocol: {
          split: "e",
          average: "f",
          plusMinus: "g",
          selection: "h",
          isSelectedOnTest: false,
        },
        columns: [{ model: "m", metric: "accuracy" }],
        rows: { s: [[0.5, 0.1]] },
      },
    ],
  };
  const [table] = GOOD.tables;
  const withTable = (change: object): object => ({ ...GOOD, tables: [{ ...table, ...change }] });
  const twice = { columns: [table?.columns[0], table?.columns[0]], rows: { s: [[0.5], [0.5]] } };

  test("the good one is not", () => {
    expect(parsePublished(JSON.stringify(GOOD), "a.json")[0]?.results).toEqual([
      { set: "s", model: "m", metric: "accuracy", value: 0.5, plusMinus: 0.1 },
    ]);
  });

  test.each<[string, object]>([
    ["expected schema to be 1, got 2", { ...GOOD, schema: 2 }],
    ["expected tables to be a list", { ...GOOD, tables: {} }],
    ["expected the keys of tables[0]", withTable({ more: 1 })],
    ['names of lower-case letters, digits, _ and -, got "A"', withTable({ name: "A" })],
    ["expected the keys of tables[0].rows to be names of", withTable({ rows: { "S!": [[1]] } })],
    ["rows.s to be 1 cells, got 2", withTable({ rows: { s: [[0.5], [0.5]] } })],
    ["rows.s[0] to be a list of 1 to 2 items, got 3", withTable({ rows: { s: [[1, 1, 1]] } })],
    ["rows.s[0][0] to be a share between 0 and 1, got 87.6", withTable({ rows: { s: [[87.6]] } })],
    ["to be one of accuracy, f1,", withTable({ columns: [{ model: "m", metric: "loss" }] })],
    [
      "isSelectedOnTest to be true or false",
      withTable({ protocol: { ...table?.protocol, isSelectedOnTest: 1 } }),
    ],
    ['paper to be a line of text, got "a\\nb"', withTable({ paper: "a\nb" })],
    ['each name of a table once, got "a" twice', { ...GOOD, tables: [table, table] }],
    ['each number of a once, got "accuracy of m on s" twice', withTable(twice)],
  ])("%s", (message, value) => {
    const parse = (): unknown => parsePublished(JSON.stringify(value), "a.json");
    expect(parse).toThrow(FileError);
    expect(parse).toThrow(message);
    if (!/ once, got |cells, got/.test(message)) expect(isValid(value)).toBe(false);
  });
});
