import fc from "fast-check";
import { expect, it } from "vitest";
import { extendRows } from "../../src/data/extend-rows.ts";

const CONTIGS = [
  { name: "a", length: 1000 },
  { name: "b", length: 60 },
];

it("keeps a row's start and moves its end, further or nearer", () => {
  const rows = [
    { contig: "a", start: 100, end: 110 },
    { contig: "a", start: 200, end: 900 },
  ];
  expect(extendRows(rows, 100, CONTIGS)).toEqual([
    { contig: "a", start: 100, end: 200 },
    { contig: "a", start: 200, end: 300 },
  ]);
});

it("shifts a row back from the end of its contig, and takes a shorter contig whole", () => {
  const rows = [
    { contig: "a", start: 950, end: 960 },
    { contig: "b", start: 10, end: 20 },
  ];
  expect(extendRows(rows, 100, CONTIGS)).toEqual([
    { contig: "a", start: 900, end: 1000 },
    { contig: "b", start: 0, end: 60 },
  ]);
});

it("lies on the contig and covers the row's start, whatever the row", () => {
  fc.assert(
    fc.property(fc.nat(999), fc.integer({ min: 1, max: 2000 }), (at, bases) => {
      const [row] = extendRows([{ contig: "a", start: at, end: at + 1 }], bases, CONTIGS);
      expect(row?.start).toBe(Math.max(0, Math.min(at, 1000 - bases)));
      expect(row?.end).toBe(Math.min(1000, (row?.start ?? 0) + bases));
    }),
  );
});
