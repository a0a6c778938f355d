import { describe, expect, it } from "vitest";
import { placeRows } from "../../src/data/place-rows.ts";
import { BedError, RegionError } from "../../src/errors.ts";

const CONTIGS = [
  { name: "1", length: 100 },
  { name: "MT", length: 50 },
];

describe("placeRows", () => {
  it("gives rows the genome's names, keeps theirs, and counts rows on other contigs", () => {
    const rows = [
      { contig: "chr1", start: 0, end: 100, name: "train" },
      { contig: "chrM", start: 1, end: 2 },
      { contig: "NC_1", start: 5, end: 6 },
      { contig: "chrY", start: 1, end: 2 },
      { contig: "chrY", start: 3, end: 4 },
    ];
    expect(placeRows(rows, "a.bed", CONTIGS, [["1", "NC_1"]])).toEqual({
      rows: [
        { contig: "1", start: 0, end: 100, name: "train" },
        { contig: "MT", start: 1, end: 2 },
        { contig: "1", start: 5, end: 6 },
      ],
      elsewhere: new Map([["chrY", 2]]),
    });
  });

  it("refuses a row past the end of its contig", () => {
    expect(() => placeRows([{ contig: "chr1", start: 0, end: 101 }], "a.bed", CONTIGS, [])).toThrow(
      new BedError("a.bed: chr1:0-101 ends past 1 (100 bases): was it made for another assembly?"),
    );
  });

  it("refuses a name that may mean two contigs", () => {
    const both = [
      { name: "M", length: 9 },
      { name: "MT", length: 9 },
    ];
    expect(() => placeRows([{ contig: "chrM", start: 0, end: 1 }], "a.bed", both, [])).toThrow(
      RegionError,
    );
  });
});
