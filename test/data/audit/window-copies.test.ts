import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCopies, seekWindows } from "../../../src/data/audit/window-copies.ts";
import { naiveCopies } from "../../naive/window-copies.ts";
import { genomeOf } from "../window-fixture.ts";

const nothing = async (): Promise<void> => {};

const dna = (size: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(..."ACGTacgtACGTN"), { minLength: 1, maxLength: size })
    .map((bases) => bases.join(""));

describe("findCopies", () => {
  it("finds of each window and strand the first place that is not its own, in the order of the intervals", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        dna(40),
        dna(60),
        fc.nat(30),
        async (length, a, b, cut) => {
          const genome = genomeOf({ a, b });
          const windows = Array.from({ length: Math.floor(a.length / length) }, (_, i) => ({
            contig: "a",
            start: i * length,
            end: (i + 1) * length,
          }));
          const text = (contig: string, start: number, end: number): string =>
            (contig === "a" ? a : b).slice(start, end).toUpperCase();
          // The windows' own contig is searched too, from its middle on.
          const intervals = [
            { contig: "b", start: 0, end: b.length },
            { contig: "a", start: Math.min(cut, a.length), end: a.length },
          ];
          const sought = await seekWindows(genome, windows, length, nothing);
          const kept = windows.filter(({ start, end }) => !text("a", start, end).includes("N"));
          expect(sought.windows).toEqual(kept);
          expect(sought.withN).toHaveLength(windows.length - kept.length);

          const expected = new Map<string, string>();
          const texts = kept.map(({ start, end }) => text("a", start, end));
          for (const { contig, start, end } of intervals) {
            for (const copy of naiveCopies(texts, text(contig, start, end))) {
              const at = start + copy.start;
              const strand = copy.isReversed ? "-" : "+";
              const own = kept[copy.window];
              if (own === undefined || (contig === own.contig && at === own.start)) continue;
              const key = `${own.start} ${strand}`;
              if (!expected.has(key)) expected.set(key, `${contig}:${at}`);
            }
          }
          const found = await findCopies(genome, sought, intervals, length, nothing);
          expect(
            new Map(
              found.map(({ window, place, strand }) => [
                `${window.start} ${strand}`,
                `${place.contig}:${place.start}`,
              ]),
            ),
          ).toEqual(expected);
          expect(found).toHaveLength(expected.size);
          for (const { place } of found) expect(place.end - place.start).toBe(length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("says what it has read, and stops where it is told to", async () => {
    const genome = genomeOf({ a: "ACGT".repeat(50), b: "GATTC".repeat(40) });
    const read: number[] = [];
    const windows = [{ contig: "a", start: 0, end: 20 }];
    const sought = await seekWindows(genome, windows, 20, async (bases) => void read.push(bases));
    await findCopies(genome, sought, [{ contig: "b", start: 0, end: 200 }], 20, async (bases) => {
      read.push(bases);
    });
    expect(read).toEqual([20, 200]);
    const stop = async (): Promise<void> => Promise.reject(new Error("stop"));
    await expect(seekWindows(genome, windows, 20, stop)).rejects.toThrow("stop");
  });
});
