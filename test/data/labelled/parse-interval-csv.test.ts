import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIntervalCsv } from "../../../src/data/labelled/parse-interval-csv.ts";
import { TableError } from "../../../src/errors.ts";

const HEADER = "id,region,start,end,strand";

describe("parseIntervalCsv", () => {
  it("reads rows with and without a strand, with any line ends", () => {
    const text = `${HEADER}\r\n7,chr1,10,20,-\r\nFP1,ENST1,0,1,\r\n\r\nx,I,1,3,+`;
    expect(parseIntervalCsv(text, "a.csv", "promoter")).toEqual([
      { id: "7", contig: "chr1", start: 10, end: 20, label: "promoter", strand: "-" },
      { id: "FP1", contig: "ENST1", start: 0, end: 1, label: "promoter" },
      { id: "x", contig: "I", start: 1, end: 3, label: "promoter", strand: "+" },
    ]);
    expect(parseIntervalCsv(`${HEADER}\n`, "a.csv", "promoter")).toEqual([]);
  });

  it.each([
    ["", `a.csv: expected the header ${HEADER}, got no text`],
    [
      "id,chrom,start,end\n",
      `a.csv line 1: expected the header ${HEADER}, got "id,chrom,start,end"`,
    ],
    [`${HEADER}\n1,chr1,2,3\n`, `a.csv line 2: expected 5 columns (${HEADER}), got 4`],
    [`${HEADER}\n,chr1,2,3,+\n`, "a.csv line 2: expected an id in column 1, got nothing"],
    [`${HEADER}\n1,,2,3,+\n`, "a.csv line 2: expected a region in column 2, got nothing"],
    [
      `${HEADER}\n1,chr1,2,3,+\n1,chr1,-2,3,+\n`,
      'a.csv line 3: expected start in column 3 to be a whole number below 2^53, got "-2"',
    ],
    [
      `${HEADER}\n1,chr1,2,9007199254740993,+\n`,
      'a.csv line 2: expected end in column 4 to be a whole number below 2^53, got "9007199254740993"',
    ],
    [`${HEADER}\n1,chr1,3,3,+\n`, "a.csv line 2: expected start < end, got start 3 and end 3"],
    [`${HEADER}\n1,chr1,2,3,*\n`, 'a.csv line 2: expected +, - or nothing in column 5, got "*"'],
    [
      `${HEADER}\n${"x".repeat(4097)}\n`,
      "a.csv line 2: expected at most 4096 characters, got 4097",
    ],
  ])("refuses %j", (text, reason) => {
    expect(() => parseIntervalCsv(text, "a.csv", "a")).toThrow(new TableError(reason));
  });

  it("takes or refuses any text, and keeps what it takes within its fields", () => {
    const field = fc.oneof(
      fc.constantFrom("chr1", "0", "10", "+", "-", "", "\t", "1e3", " 7", "９", "-1", '"a,b"'),
      fc.string({ maxLength: 12 }),
    );
    const line = fc.array(field, { minLength: 3, maxLength: 7 }).map((fields) => fields.join(","));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const text = [HEADER, ...lines].join("\n");
        try {
          for (const { contig, start, end } of parseIntervalCsv(text, "a.csv", "a")) {
            expect(contig).not.toBe("");
            expect(Number.isSafeInteger(start) && Number.isSafeInteger(end)).toBe(true);
            expect(start >= 0 && start < end).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(TableError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
