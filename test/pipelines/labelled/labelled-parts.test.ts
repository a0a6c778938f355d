import { expect, test } from "vitest";
import { labelledDigest } from "../../../pipelines/labelled/labelled-digest.ts";
import { drawParts, overlapGroups } from "../../../pipelines/labelled/labelled-parts.ts";
import { makeLabelledSequences } from "../../../src/data/labelled/make-labelled-sequences.ts";
import { plantedRows } from "../support/planted-set.ts";

const SOURCE = { name: "planted", placeOf: (row: number) => `row ${row}` };
const rows = plantedRows(60, 2).map(({ sequence, ...row }) => ({ ...row, bases: sequence }));
const set = makeLabelledSequences(rows, SOURCE);
const OPTIONS = { validShare: 0.1, testShare: 0.2, groups: "none", seed: 1 } as const;

test("parts by share, every class with its own, each sequence in one", () => {
  const { train, valid, test: tested } = drawParts(set, OPTIONS);
  const parts = [train, valid, tested].map((part) => part?.sequences ?? []);
  expect(parts.map((part) => part.length)).toEqual([42, 6, 12]);
  expect(parts.map((part) => part.filter(({ label }) => label === 1).length)).toEqual([21, 3, 6]);
  const ids = parts.flat().map(({ id }) => id);
  expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
  expect(ids).toHaveLength(60);
});

test("a share of 0 is no part", () => {
  expect(Object.keys(drawParts(set, { ...OPTIONS, testShare: 0 }))).toEqual(["train", "valid"]);
});

test("overlapping sequences stay together: by coordinates, or by 64 bases where there are none", () => {
  const at = (i: number) => ({
    contig: "chr1",
    start: 1000 * Math.floor(i / 3),
    end: 1000 * Math.floor(i / 3) + (rows[i]?.bases.length ?? 0),
    strand: "+" as const,
  });
  const placed = makeLabelledSequences(
    rows.map((row, i) => ({ ...row, interval: at(i) })),
    SOURCE,
  );
  const byPlace = overlapGroups(placed.sequences);
  expect([...byPlace]).toEqual(rows.map((_, i) => Math.floor(i / 3)));

  const shared = "ACGTTGCAACGTGGCATTACGGATCCATGCAAGTCTTGACCAGTACCGTTAGACTTACGGCATCGA".slice(0, 64);
  const joined = makeLabelledSequences(
    rows.map((row, i) => ({ ...row, bases: i < 4 ? row.bases + shared : row.bases })),
    SOURCE,
  );
  const groups = overlapGroups(joined.sequences);
  expect(new Set(groups.subarray(0, 4))).toEqual(new Set([0]));
  expect(new Set(groups).size).toBe(57);

  for (const grouped of [placed, joined]) {
    const all = overlapGroups(grouped.sequences);
    const groupOf = new Map(grouped.sequences.map(({ id }, i) => [id, all[i]]));
    const parts = Object.values(drawParts(grouped, { ...OPTIONS, groups: "overlap" }));
    const seen = parts.map(({ sequences }) => new Set(sequences.map(({ id }) => groupOf.get(id))));
    const sizes = seen.map(({ size }) => size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(new Set(all).size);
  }
});

test("sequences of one named group stay together, and are parted as equal groups are", () => {
  const families = rows.map((row, i) => ({ ...row, group: `family ${(59 - i) % 20}` }));
  const named = makeLabelledSequences(families, SOURCE);
  const parts = Object.values(drawParts(named, { ...OPTIONS, groups: "named" }));
  const seen = parts.flatMap(({ sequences }) => [...new Set(sequences.map(({ group }) => group))]);
  expect(seen).toHaveLength(20);
  expect(new Set(seen)).toEqual(new Set(families.map(({ group }) => group)));

  const at = (i: number) => ({ contig: "chr1", start: 1000 * (i % 20), strand: "+" as const });
  const placed = makeLabelledSequences(
    rows.map((row, i) => ({
      ...row,
      interval: { ...at(i), end: at(i).start + row.bases.length },
    })),
    SOURCE,
  );
  const idsOf = (all: typeof parts) => all.map((part) => part.sequences.map(({ id }) => id));
  expect(idsOf(parts)).toEqual(
    idsOf(Object.values(drawParts(placed, { ...OPTIONS, groups: "overlap" }))),
  );
});

test("the digest is of classes, labels and bases, in their order", () => {
  const digest = (parts: Parameters<typeof labelledDigest>[0]) => labelledDigest(parts);
  const base = digest([["train", set]]);
  expect(base).toMatch(/^[0-9a-f]{64}$/);
  const renamed = set.sequences.map((sequence, i) => ({ ...sequence, id: `other${i}` }));
  expect(digest([["train", { ...set, sequences: renamed }]])).toBe(base);
  const changes = [
    digest([["valid", set]]),
    digest([["train", { ...set, classes: ["at", "cg"] }]]),
    digest([["train", { ...set, sequences: set.sequences.toReversed() }]]),
    digest([["train", { ...set, sequences: set.sequences.slice(1) }]]),
    digest([
      [
        "train",
        {
          ...set,
          sequences: set.sequences.map((one, i) => (i === 5 ? { ...one, label: 0 } : one)),
        },
      ],
    ]),
  ];
  expect(new Set([base, ...changes]).size).toBe(6);
});
