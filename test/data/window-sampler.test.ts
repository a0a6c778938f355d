import { describe, expect, it } from "vitest";
import { windowSampler } from "../../src/data/window-sampler.ts";
import { RegionError } from "../../src/errors.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import { genomeOf } from "./window-fixture.ts";

const TEXTS = { chr1: "ACGTTGCATTGACCAGTACGATCGA", chr2: "GATTACAGATTACACCCGGG" };
const genome = genomeOf(TEXTS);
const OPTIONS = { length: 6, maxN: 0, reverseComplement: 0.5, seed: 4 };
const DRAWS = 6000;

/** Two on one contig that overlap, one on another, and one too short for a window. */
const INTERVALS: readonly Interval[] = [
  { contig: "chr1", start: 3, end: 12 },
  { contig: "chr1", start: 8, end: 17 },
  { contig: "chr1", start: 20, end: 25 },
  { contig: "chr2", start: 0, end: 20 },
];
/** Starts of [3, 17) on chr1 and of [0, 20) on chr2. */
const STARTS = 14 - 6 + 1 + (20 - 6 + 1);

describe("windowSampler", () => {
  const sampler = windowSampler(genome, INTERVALS, OPTIONS);
  const draws = Promise.all(Array.from({ length: DRAWS }, (_, i) => sampler.window(i)));

  it("takes every start at which a whole window fits equally often, and no other", async () => {
    expect(sampler.windows).toBe(2 + 3);
    const counts = new Map<string, number>();
    for (const { interval } of await draws) {
      const { contig, start, end } = interval;
      expect(end - start).toBe(6);
      const isInside =
        contig === "chr1" ? start >= 3 && end <= 17 : contig === "chr2" && start >= 0 && end <= 20;
      expect(isInside, `${contig}:${start}-${end}`).toBe(true);
      counts.set(`${contig}:${start}`, (counts.get(`${contig}:${start}`) ?? 0) + 1);
    }
    expect(counts.size).toBe(STARTS);
    const expected = DRAWS / STARTS;
    const statistic = [...counts.values()].reduce(
      (sum, n) => sum + (n - expected) ** 2 / expected,
      0,
    );
    expect(statistic).toBeLessThan(49.73); // scipy.stats.chi2.ppf(0.999, 23)
  });

  it("holds the bases of its interval and strand", async () => {
    for (const { interval, strand, ids } of (await draws).slice(0, 200)) {
      const text = TEXTS[interval.contig as keyof typeof TEXTS];
      const forward = encodeBases(
        new TextEncoder().encode(text.slice(interval.start, interval.end)),
      ).ids;
      expect(ids).toEqual(strand === "+" ? forward : reverseComplementIds(forward));
    }
  });

  it.each([0, 0.25, 1])("reads a share of %d from the other strand", async (share) => {
    const { window } = windowSampler(genome, INTERVALS, { ...OPTIONS, reverseComplement: share });
    let other = 0;
    for (let i = 0; i < 2000; i++) if ((await window(i)).strand === "-") other++;
    const error = 4 * Math.sqrt((share * (1 - share)) / 2000);
    expect(Math.abs(other / 2000 - share)).toBeLessThanOrEqual(error);
  });

  it("gives window i whatever was asked before, and others under another seed", async () => {
    const first = await draws;
    const fresh = windowSampler(genome, INTERVALS, OPTIONS);
    for (const i of [5999, 17, 0, 17]) expect(await fresh.window(i)).toEqual(first[i]);
    const other = windowSampler(genome, INTERVALS, { ...OPTIONS, seed: 5 });
    const starts = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => (await other.window(i)).interval),
    );
    expect(starts).not.toEqual(first.slice(0, 50).map(({ interval }) => interval));
  });

  it("gives the same at once where the genome can be read so", async () => {
    for (let i = 0; i < 50; i++) expect(sampler.windowSync?.(i)).toEqual((await draws)[i]);
    const { readSync: _, ...slow } = genome;
    expect(windowSampler(slow, INTERVALS, OPTIONS).windowSync).toBeUndefined();
    const allN = windowSampler(genomeOf({ a: "NNNN" }), [{ contig: "a", start: 0, end: 4 }], {
      ...OPTIONS,
      length: 2,
    });
    expect(() => allN.windowSync?.(0)).toThrow(RegionError);
  });

  it("does not change with the order of the intervals or with how they are cut", async () => {
    const recut = [
      ...INTERVALS.slice(2).reverse(),
      { contig: "chr1", start: 3, end: 9 },
      { contig: "chr1", start: 9, end: 17 },
    ];
    const same = windowSampler(genome, recut, OPTIONS);
    for (let i = 0; i < 50; i++) expect(await same.window(i)).toEqual((await draws)[i]);
  });

  it("draws again where a window has more N than maxN, and takes one exactly at the limit", async () => {
    const texts = { chr1: `${"N".repeat(29)}${"ACGTT".repeat(20)}` };
    const options = { ...OPTIONS, length: 100, maxN: 0.29, reverseComplement: 0 };
    const { window } = windowSampler(
      genomeOf(texts),
      [{ contig: "chr1", start: 0, end: 129 }],
      options,
    );
    const starts = new Set<number>();
    for (let i = 0; i < 300; i++) starts.add((await window(i)).interval.start);
    expect(starts.size).toBe(30); // start 0 has 29 N of 100

    const none = { ...options, maxN: 0.28 };
    const stricter = windowSampler(genomeOf(texts), [{ contig: "chr1", start: 0, end: 129 }], none);
    for (let i = 0; i < 300; i++)
      expect((await stricter.window(i)).interval.start).toBeGreaterThan(0);
  });

  it("gives up where almost everything is N, and says what to do", async () => {
    const allN = genomeOf({ chr1: "N".repeat(50) });
    const { window } = windowSampler(allN, [{ contig: "chr1", start: 0, end: 50 }], {
      ...OPTIONS,
      maxN: 0.07,
    });
    await expect(window(0)).rejects.toEqual(
      new RegionError(
        "expected windows with at most 7 % N (--max-n) in the training regions of small.fa, " +
          "1000 random ones had more: check the regions or raise --max-n",
      ),
    );
  });

  it("refuses regions none of which holds a window, and says how long the longest is", () => {
    const short = INTERVALS.slice(0, 2);
    expect(() => windowSampler(genome, short, { ...OPTIONS, length: 15 })).toThrow(
      new RegionError(
        "expected a training region of at least 15 bases (--length), the longest of small.fa has " +
          "14: give longer regions or a smaller --length",
      ),
    );
    expect(() => windowSampler(genome, [], OPTIONS)).toThrow(
      "expected a training region of at least 6 bases (--length), the longest of small.fa has " +
        "0: give longer regions or a smaller --length",
    );
  });

  it("refuses two hundred thousand short regions with the same sentence", () => {
    const many = Array.from({ length: 200_000 }, (_, i) => ({
      contig: "chr1",
      start: 10 * i,
      end: 10 * i + 5,
    }));
    expect(() => windowSampler(genome, many, OPTIONS)).toThrow(RegionError);
  });
});
