import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type LabelledRow,
  makeLabelledSequences,
} from "../../../src/data/labelled/make-labelled-sequences.ts";
import { MAX_SEQUENCE_BASES } from "../../../src/data/labelled/make-sequences.ts";
import { TableError } from "../../../src/errors.ts";

const placeOf = (row: number): string => `a.csv line ${row + 2}`;
const make = (rows: readonly LabelledRow[], classes?: readonly string[]) =>
  makeLabelledSequences(rows, { name: "a.csv", placeOf, ...(classes && { classes }) });
const row = (label: string, bases: string | Uint8Array = "ACGT"): LabelledRow => ({ label, bases });

describe("makeLabelledSequences", () => {
  it("encodes bases of either case, other IUPAC codes as N", () => {
    const interval = { contig: "chr1", start: 3, end: 8, strand: "-" } as const;
    const rows = [
      { id: "x", label: "b", bases: "acgtN", interval },
      { label: "a", bases: new TextEncoder().encode("RYnA") },
    ];
    expect(make(rows)).toEqual({
      name: "a.csv",
      classes: ["a", "b"],
      sequences: [
        { id: "x", ids: Uint8Array.of(0, 1, 2, 3, 4), label: 1, interval },
        { id: "2", ids: Uint8Array.of(4, 4, 4, 0), label: 0 },
      ],
    });
  });

  it("keeps the names of groups, and refuses one without a letter", () => {
    const [first, second] = [{ ...row("a"), group: "f" }, row("b")];
    expect(make([first, second]).sequences.map(({ group }) => group)).toEqual(["f", undefined]);
    expect(() => make([first, { ...second, group: "" }])).toThrow(
      new TableError("a.csv line 3: expected the name of a group, got nothing"),
    );
  });

  it("orders classes the same whatever the order of the rows", () => {
    const labels = ["é", "Z", "a", "negative", "B2", "B10"];
    const expected = ["B10", "B2", "Z", "a", "negative", "é"]; // code units: capitals, small letters, é
    fc.assert(
      fc.property(fc.shuffledSubarray(labels, { minLength: labels.length }), (order) => {
        const { classes, sequences } = make(order.map((label) => row(label)));
        expect(classes).toEqual(expected);
        expect(sequences.map(({ label }) => classes[label])).toEqual(order);
      }),
    );
  });

  it("orders whole numbers by size", () => {
    const labels = ["10", "9", "-1", "0", "100"];
    expect(make(labels.map((label) => row(label))).classes).toEqual(["-1", "0", "9", "10", "100"]);
  });

  it("takes classes that are fixed before, and need not all be there", () => {
    const { classes, sequences } = make([row("b"), row("b")], ["a", "b", "c"]);
    expect(classes).toEqual(["a", "b", "c"]);
    expect(sequences.map(({ label }) => label)).toEqual([1, 1]);
  });

  const long = "A".repeat(MAX_SEQUENCE_BASES + 1);
  const at = (start: number, end: number, contig = "chr1"): LabelledRow => ({
    ...row("b"),
    interval: { contig, start, end, strand: "+" },
  });
  it.each<[readonly LabelledRow[], string]>([
    [[], "a.csv: expected labelled sequences, got no rows"],
    [[row("a"), row("a")], 'a.csv: expected sequences of at least two classes, got 2 of "a" only'],
    [[row("a"), row("")], "a.csv line 3: expected a label, got nothing"],
    [
      [row("a"), row("b ")],
      'a.csv line 3: expected a label without blanks around it and without control characters, got "b "',
    ],
    [
      [row("a"), row("b\u0007c")],
      'a.csv line 3: expected a label without blanks around it and without control characters, got "b\\u0007c"',
    ],
    [
      [row("a"), row("x".repeat(1001))],
      "a.csv line 3: expected a label of at most 200 characters, got 1,001 (is this the column of labels?)",
    ],
    [
      [row("0"), row("1"), row("positive"), row("2")],
      'a.csv line 4: expected labels that are all whole numbers or all names, got "0" before and "positive" here (write one kind)',
    ],
    [
      [row("positive"), row("1")],
      'a.csv line 3: expected labels that are all whole numbers or all names, got "positive" before and "1" here (write one kind)',
    ],
    [
      [row("a"), row("positive"), row("Positive")],
      'a.csv line 4: expected classes that differ in more than case, got "positive" before and "Positive" here (write one of them everywhere)',
    ],
    [
      Array.from({ length: 1025 }, (_, i) => row(`x${i}`)),
      'a.csv line 1026: expected at most 1,024 classes, got one more, "x1024" (is this the column of labels?)',
    ],
    [[row("a"), row("b", "")], "a.csv line 3: expected a sequence, got nothing"],
    [[row("a"), row("b", long)], "a.csv line 3: expected at most 1,048,576 bases, got 1,048,577"],
    [
      [row("a"), row("b", "ACGU")],
      'a.csv line 3: base 4: expected a nucleotide (A C G T N or another IUPAC code), got "U" (is this RNA? write T for U)',
    ],
    [
      [row("a"), row("b", "ACG é")],
      "a.csv line 3: base 4: expected a nucleotide (A C G T N or another IUPAC code), got byte 0x20 (remove the white space)",
    ],
    [
      [row("a"), row("b", "MKV*")],
      'a.csv line 3: base 4: expected a nucleotide (A C G T N or another IUPAC code), got "*" (is this a protein?)',
    ],
    [
      [{ ...row("a"), id: "x" }, row("b"), { ...row("b"), id: "x" }],
      'a.csv line 4: expected ids that are unique, got "x" again after a.csv line 2 (rename one, or leave ids out)',
    ],
    [[row("a"), { ...row("b"), id: "" }], "a.csv line 3: expected an id, got nothing"],
    [
      [row("a"), { ...row("b"), id: "x\ny" }],
      'a.csv line 3: expected an id without control characters, got "x\\ny"',
    ],
    [
      [row("a"), { ...row("b"), id: "x".repeat(501) }],
      "a.csv line 3: expected an id of at most 500 characters, got 501",
    ],
    [
      [row("a"), at(1, 4)],
      "a.csv line 3: expected as many bases as the interval has, 3, got 4 (start is 0-based, end is not in it; or leave the coordinates out)",
    ],
    [
      [row("a"), at(-4, 0)],
      "a.csv line 3: expected whole numbers with 0 <= start < end, got start -4 and end 0",
    ],
    [
      [row("a"), at(0.5, 4.5)],
      "a.csv line 3: expected whole numbers with 0 <= start < end, got start 0.5 and end 4.5",
    ],
    [[row("a"), at(0, 4, "")], "a.csv line 3: expected the name of a contig, got nothing"],
  ])("refuses, case %#", (rows, reason) => {
    expect(() => make(rows)).toThrow(new TableError(reason));
  });

  it("refuses a label that is none of fixed classes", () => {
    expect(() => make([row("a"), row("c")], ["a", "b"])).toThrow(
      new TableError('a.csv line 3: expected one of the classes a, b, got "c"'),
    );
  });

  it("takes rows or refuses them, whatever they hold, and what it takes is as the contract says", () => {
    const anyRow = fc.record({
      label: fc.oneof(fc.constantFrom("0", "1", "a", "b", "01"), fc.string({ maxLength: 5 })),
      bases: fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom("ACGT", "nnRY")),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), (rows) => {
        try {
          const { classes, sequences } = make(rows);
          expect(new Set(classes)).toEqual(new Set(rows.map(({ label }) => label)));
          expect(classes.length).toBeGreaterThan(1);
          for (const [i, { ids, label }] of sequences.entries()) {
            expect(classes[label]).toBe(rows[i]?.label);
            expect(ids.length).toBe(rows[i]?.bases.length);
            expect(ids.every((id) => id <= 4)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(TableError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
