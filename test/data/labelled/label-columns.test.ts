import { describe, expect, it } from "vitest";
import {
  type LabelColumns,
  labelledRows,
  sequenceRows,
} from "../../../src/data/labelled/label-columns.ts";
import { separatedTable } from "../../../src/data/labelled/separated-table.ts";
import { TableError } from "../../../src/errors.ts";

const rows = async (text: string, columns?: LabelColumns) =>
  labelledRows(await separatedTable(new TextEncoder().encode(text), "a.csv", ","), columns);

describe("labelledRows", () => {
  it("takes the usual columns wherever they stand, and leaves others", async () => {
    expect(await rows("other,label,sequence\nx,1,AC\ny,0,GT\n")).toEqual([
      { label: "1", bases: "AC" },
      { label: "0", bases: "GT" },
    ]);
  });

  it.each(["contig", "chrom", "region"])(
    "keeps id and coordinates, of a column %s",
    async (name) => {
      const head = `id,${name},start,end,strand,sequence,label`;
      const body =
        "a,chr1,5,7,-,AC,x\nb,chr1,5,7,.,AC,x\nc,,5,7,+,AC,y\nd,chr1,,7,+,AC,y\ne,2,0,2,,AC,y";
      const at = (contig: string, start: number, end: number, strand: string) => ({
        interval: { contig, start, end, strand },
      });
      expect(await rows(`${head}\n${body}\n`)).toEqual([
        { id: "a", label: "x", bases: "AC", ...at("chr1", 5, 7, "-") },
        { id: "b", label: "x", bases: "AC", ...at("chr1", 5, 7, "+") },
        { id: "c", label: "y", bases: "AC" },
        { id: "d", label: "y", bases: "AC" },
        { id: "e", label: "y", bases: "AC", ...at("2", 0, 2, "+") },
      ]);
    },
  );

  it("takes columns by the names given, and only those", async () => {
    const columns = { sequence: "seq", label: "y", id: "name", contig: "c", start: "s", end: "e" };
    expect(await rows("sequence,seq,y,name,c,s,e\nGG,AC,1,n1,chr2,1,3\n", columns)).toEqual([
      {
        id: "n1",
        label: "1",
        bases: "AC",
        interval: { contig: "chr2", start: 1, end: 3, strand: "+" },
      },
    ]);
  });

  it("takes groups from the column that is named, and from no other", async () => {
    const text = "sequence,label,group,family\nAC,1,g,f\n";
    expect(await rows(text)).toEqual([{ label: "1", bases: "AC" }]);
    expect(await rows(text, { group: "family" })).toEqual([
      { label: "1", bases: "AC", group: "f" },
    ]);
    await expect(rows(text, { group: "clan" })).rejects.toThrow(
      new TableError(
        "a.csv: expected a column clan with the group, got the columns sequence, label, group, family (name the column, or rename it)",
      ),
    );
  });

  it("leaves out coordinates that are not whole", async () => {
    expect(await rows("sequence,label,start,end,strand\nAC,1,zero,2,?\n")).toEqual([
      { label: "1", bases: "AC" },
    ]);
  });

  it.each<[string, LabelColumns, string]>([
    [
      "seq,label\nAC,1\n",
      {},
      "a.csv: expected a column sequence with the sequence, got the columns seq, label (name the column, or rename it)",
    ],
    [
      "sequence\tlabel\nAC\t1\n",
      {},
      "a.csv: expected a column sequence with the sequence, got the columns sequence\\x09label (is it separated by tabs? name it .tsv)",
    ],
    [
      "sequence\nAC\n",
      {},
      "a.csv: expected a column label with the label, got the columns sequence (name the column, or rename it)",
    ],
    [
      `${"ACGT".repeat(20)},1\nAC,1\n`,
      {},
      `a.csv: expected a column sequence with the sequence, got the columns ${"ACGT".repeat(10)}…, 1 (name the column, or rename it)`,
    ],
    [
      "sequence,label\nAC,1\n",
      { id: "name" },
      "a.csv: expected a column name with the id, got the columns sequence, label (name the column, or rename it)",
    ],
    [
      "sequence,label,label\nAC,1,2\n",
      {},
      "a.csv: expected one column of the label, got label and label (rename or name one)",
    ],
    [
      "sequence,label,chrom,region,start,end\nAC,1,2,2,0,2\n",
      {},
      "a.csv: expected one column of the contig, got chrom and region (rename or name one)",
    ],
    [
      "sequence,label,from\nAC,1,2\n",
      { start: "from" },
      "a.csv: expected columns of contig, start and end beside the start, got none of the contig and end (name them too)",
    ],
    [
      "sequence,label,contig,start,end\nAC,1,chr1,1e3,1002\n",
      {},
      'a.csv line 2: expected start to be a whole number below 2^53, got "1e3"',
    ],
    [
      "sequence,label,contig,start,end,strand\nAC,1,chr1,0,2,forward\n",
      {},
      'a.csv line 2: expected the strand to be +, - or nothing, got "forward"',
    ],
  ])("refuses, case %#", async (text, columns, reason) => {
    await expect(rows(text, columns)).rejects.toThrow(new TableError(reason));
  });
});

describe("sequenceRows", () => {
  const read = async (text: string, columns?: LabelColumns) =>
    sequenceRows(await separatedTable(new TextEncoder().encode(text), "a.csv", ","), columns);

  it("needs no labels, and has those that are there or are named", async () => {
    expect(await read("sequence,id\nAC,x\n")).toEqual({ rows: [{ id: "x", bases: "AC" }] });
    expect(await read("sequence,label\nAC,\n")).toEqual({ rows: [{ bases: "AC" }], labels: [""] });
    expect(await read("sequence,y\nAC,2\n", { label: "y" })).toEqual({
      rows: [{ bases: "AC" }],
      labels: ["2"],
    });
  });

  it("refuses a column of labels that was named and is not there", async () => {
    await expect(read("sequence\nAC\n", { label: "y" })).rejects.toThrow(
      new TableError(
        "a.csv: expected a column y with the label, got the columns sequence (name the column, or rename it)",
      ),
    );
  });
});
