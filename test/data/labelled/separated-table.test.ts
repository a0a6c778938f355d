import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { separatedTable } from "../../../src/data/labelled/separated-table.ts";
import type { TextTable } from "../../../src/data/labelled/text-table.ts";
import { TableError } from "../../../src/errors.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";

const table = (text: string, separator: "," | "\t" = ","): Promise<TextTable> =>
  separatedTable(new TextEncoder().encode(text), "a.csv", separator);

/** All cells, by row. */
async function rowsOf(read: TextTable): Promise<string[][]> {
  const columns = await read.read(read.names);
  return Array.from({ length: read.rows }, (_, row) =>
    columns.map((cells) => cells[row] as string),
  );
}

describe("separatedTable", () => {
  it("reads any line ends, a byte order mark, quotes, blank lines, and says the line of each row", async () => {
    const read = await table('\ufeffseq,"la""bel"\r\n\r\nAC,1\r\n"G\nT","x,y"\n"",z\rlast,row');
    expect(read.names).toEqual(["seq", 'la"bel']);
    expect(await rowsOf(read)).toEqual([
      ["AC", "1"],
      ["G\nT", "x,y"],
      ["", "z"],
      ["last", "row"],
    ]);
    expect([0, 1, 2, 3].map(read.placeOf)).toEqual([3, 4, 6, 7].map((n) => `a.csv line ${n}`));
  });

  it("counts line ends in quotes, and says the line that a row begins on", async () => {
    for (const end of ["\n", "\r\n"]) {
      const read = await table(["a,b", '"1', '2",3', "4,5", ""].join(end));
      expect(await rowsOf(read)).toEqual([
        [`1${end}2`, "3"],
        ["4", "5"],
      ]);
      expect([0, 1].map(read.placeOf)).toEqual(["a.csv line 2", "a.csv line 4"]);
    }
  });

  it("separates by tabs only, where asked", async () => {
    expect(await rowsOf(await table('a\tb\n1,5\t"2\t3"\n', "\t"))).toEqual([["1,5", "2\t3"]]);
  });

  it("reads columns in the order they are asked for", async () => {
    const read = await table("a,b,c\n1,2,3\n4,5,6\n");
    expect(await read.read(["c", "a"])).toEqual([
      ["3", "6"],
      ["1", "4"],
    ]);
  });

  it.each([
    ["", "a.csv: expected a header, got an empty file"],
    ["\ufeff\r\n\n", "a.csv: expected a header, got an empty file"],
    ["sequence,label\n\n", "a.csv: expected rows after the header, got none"],
    ["a,b\n1,2\n\n3\n", "a.csv line 4: expected 2 columns, as in the header, got 1"],
    ["a,b\n1,2,3\n", "a.csv line 2: expected 2 columns, as in the header, got 3"],
    ['a,b\n1,"2\n3,4\n', "a.csv line 2: expected a closing quote, got the end of the file"],
    [
      'a,b\n1,"2"x\n',
      "a.csv line 2: expected a separator or the end of the line after a closing quote, got something else",
    ],
    [
      'a,b\n1,2"x"\n',
      "a.csv line 2: expected quotes around a whole field, or doubled inside of them, got one within a field",
    ],
    [
      `a,b\n1,${"x".repeat(2 ** 21 + 9)}\n`,
      "a.csv line 2: expected at most 2.0 MiB in a row, got more (is a quote never closed?)",
    ],
    [`${"a,".repeat(1000)}a\n`, "a.csv line 1: expected at most 1,000 columns, got 1,001"],
  ])("refuses, case %#", async (text, reason) => {
    await expect(table(text)).rejects.toThrow(new TableError(reason));
  });

  const field = fc.oneof(
    fc.constantFrom("", "a", '"', ",", "\t", "\n", "\r\n", '"",', "ACGT", " x "),
    fc.string({ unit: "grapheme", maxLength: 6 }),
  );
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

  it("reads back any fields, all of them in quotes", async () => {
    const rows = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(",", "\t" as const), async (cells, separator) => {
        const lines = [["x", "y", "z"], ...cells].map((row) => row.map(quoted).join(separator));
        const read = await table(lines.join("\n"), separator as "," | "\t");
        expect(await rowsOf(read)).toEqual(cells);
      }),
      { numRuns: 300 },
    );
  });

  it.skipIf(!hasPythonModule("csv"))("reads what Python's csv writes", async () => {
    const cells = [
      ["id", "note"],
      ["1", 'says "AC,GT"'],
      ["2", "two\nlines\r\nand more"],
      ["", "é — 漢"],
    ];
    const code = `
import csv, io, json, sys
out = io.StringIO()
csv.writer(out, delimiter=sys.argv[2]).writerows(json.loads(sys.argv[1]))
sys.stdout.buffer.write(json.dumps(out.getvalue()).encode())
`;
    for (const separator of [",", "\t"] as const) {
      const text: string = JSON.parse(runPython(code, [JSON.stringify(cells), separator]));
      const read = await table(text, separator);
      expect([read.names, ...(await rowsOf(read))]).toEqual(cells);
    }
  });

  it("takes or refuses any text", async () => {
    const text = fc.array(field, { maxLength: 12 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(text, async (one) => {
        try {
          const read = await table(one);
          for (const row of await rowsOf(read)) expect(row).toHaveLength(read.names.length);
        } catch (error) {
          expect(error).toBeInstanceOf(TableError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
