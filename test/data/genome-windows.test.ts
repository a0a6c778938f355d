import { describe, expect, it } from "vitest";
import { epochTiles } from "../../src/data/epoch-tiles.ts";
import { genomeWindows } from "../../src/data/genome-windows.ts";
import { shardRange } from "../../src/data/process-shard.ts";
import { RegionError } from "../../src/errors.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import { genomeOf } from "./window-fixture.ts";

const TEXTS = { chr1: "ACGTTGCATTGACCAGTACGATCGA", chr2: "GATTACAGATTACACCCGGG" };
const genome = genomeOf(TEXTS);
const OPTIONS = {
  length: 6,
  frame: "random",
  maxN: 0,
  maxSoftMasked: 1,
  reverseComplement: 0.5,
  seed: 4,
} as const;

/** Two windows, none, and three. */
const INTERVALS: readonly Interval[] = [
  { contig: "chr1", start: 3, end: 17 },
  { contig: "chr1", start: 20, end: 25 },
  { contig: "chr2", start: 0, end: 20 },
];
const WINDOWS = 5;
const EPOCHS = 400;

const key = ({ contig, start }: Interval): string => `${contig}:${start}`;

describe("genomeWindows", () => {
  const source = genomeWindows(genome, INTERVALS, OPTIONS);
  const run = Promise.all(Array.from({ length: EPOCHS * WINDOWS }, (_, i) => source.window(i)));

  it("goes through every tile of an epoch once, and in another order each time", async () => {
    expect(source.windows).toBe(WINDOWS);
    const tiles = epochTiles(INTERVALS, 6, "random", addressedRandom(OPTIONS.seed, "tileFrame"));
    const orders = new Set<string>();
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      const made = (await run)
        .slice(epoch * WINDOWS, (epoch + 1) * WINDOWS)
        .map(({ interval }) => key(interval));
      const expected = Array.from({ length: WINDOWS }, (_, slot) => key(tiles.tile(epoch, slot)));
      expect([...made].sort()).toEqual([...expected].sort());
      orders.add(made.map((place) => expected.indexOf(place)).join());
    }
    expect(orders.size).toBeGreaterThan(100);
  });

  it("takes every start of an interval equally often, and no other", async () => {
    const counts = new Map<string, number>();
    for (const { interval } of await run)
      counts.set(key(interval), (counts.get(key(interval)) ?? 0) + 1);
    for (const [contig, from, starts, share] of [
      ["chr1", 3, 9, 2 / 9],
      ["chr2", 0, 15, 3 / 15],
    ] as const) {
      for (let i = 0; i < starts; i++) {
        const count = counts.get(`${contig}:${from + i}`) ?? 0;
        expect(Math.abs(count / EPOCHS - share)).toBeLessThan(
          5 * Math.sqrt((share * (1 - share)) / EPOCHS),
        );
      }
    }
    expect(counts.size).toBe(9 + 15);
  });

  it("holds the bases of its interval and strand", async () => {
    for (const { interval, strand, ids } of (await run).slice(0, 200)) {
      const text = TEXTS[interval.contig as keyof typeof TEXTS];
      const forward = encodeBases(
        new TextEncoder().encode(text.slice(interval.start, interval.end)),
      ).ids;
      expect(ids).toEqual(strand === "+" ? forward : reverseComplementIds(forward));
    }
  });

  it.each([0, 0.25, 1])("reads a share of %d from the other strand", async (share) => {
    const { window } = genomeWindows(genome, INTERVALS, { ...OPTIONS, reverseComplement: share });
    let other = 0;
    for (let i = 0; i < 2000; i++) if ((await window(i)).strand === "-") other++;
    const error = 4 * Math.sqrt((share * (1 - share)) / 2000);
    expect(Math.abs(other / 2000 - share)).toBeLessThanOrEqual(error);
  });

  it("gives window i whatever was asked before, at once or not, and others under another seed", async () => {
    const first = await run;
    const fresh = genomeWindows(genome, INTERVALS, OPTIONS);
    for (const i of [1999, 17, 0, 17]) {
      expect(await fresh.window(i)).toEqual(first[i]);
      expect(fresh.windowSync?.(i)).toEqual(first[i]);
    }
    const other = genomeWindows(genome, INTERVALS, { ...OPTIONS, seed: 5 });
    const starts = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => (await other.window(i)).interval),
    );
    expect(starts).not.toEqual(first.slice(0, 50).map(({ interval }) => interval));
    const { readSync: _, ...slow } = genome;
    expect(genomeWindows(slow, INTERVALS, OPTIONS).windowSync).toBeUndefined();
  });

  it("makes an epoch's windows once each over any number of processes", async () => {
    const whole = await run;
    for (const size of [1, 2, 3, 7]) {
      const places: string[] = [];
      for (let rank = 0; rank < size; rank++) {
        const own = genomeWindows(genome, INTERVALS, OPTIONS);
        const { first, end } = shardRange(WINDOWS, { rank, size });
        for (let i = first; i < end; i++) places.push(key((await own.window(i)).interval));
      }
      expect(places).toEqual(whole.slice(0, WINDOWS).map(({ interval }) => key(interval)));
    }
  });

  it("replaces what has more N than maxN, and takes a window exactly at the limit", async () => {
    const texts = { chr1: `${"N".repeat(29)}${"ACGTT".repeat(20)}` };
    const options = { ...OPTIONS, length: 100, maxN: 0.29, reverseComplement: 0 };
    const whole = [{ contig: "chr1", start: 0, end: 129 }];
    const { window } = genomeWindows(genomeOf(texts), whole, options);
    const starts = new Set<number>();
    for (let i = 0; i < 300; i++) starts.add((await window(i)).interval.start);
    expect(starts.size).toBe(30); // start 0 has 29 N of 100

    const stricter = genomeWindows(genomeOf(texts), whole, { ...options, maxN: 0.28 });
    for (let i = 0; i < 300; i++)
      expect((await stricter.window(i)).interval.start).toBeGreaterThan(0);
  });

  it("replaces only what is refused: all others are the windows of a run without limits", async () => {
    const texts = { chr1: `${"ACGTT".repeat(20)}${"acgtt".repeat(5)}${"GATTC".repeat(20)}` };
    const whole = [{ contig: "chr1", start: 0, end: 225 }];
    const free = genomeWindows(genomeOf(texts), whole, OPTIONS);
    const limited = genomeWindows(genomeOf(texts), whole, { ...OPTIONS, maxSoftMasked: 0.3 });
    let refused = 0;
    for (let i = 0; i < 500; i++) {
      const window = await free.window(i);
      const isRefused = window.isSoftMasked.reduce((sum, bit) => sum + bit, 0) / 6 > 0.3;
      const other = await limited.window(i);
      if (isRefused) refused++;
      else expect(other).toEqual(window);
      expect(other.isSoftMasked.reduce((sum, bit) => sum + bit, 0) / 6).toBeLessThanOrEqual(0.3);
      expect(limited.windowSync?.(i)).toEqual(other);
    }
    expect(refused).toBeGreaterThan(20);
  });

  it("gives up where no window is within the limits, and says what to do", async () => {
    const allN = genomeOf({ chr1: "N".repeat(50) });
    const { window, windowSync } = genomeWindows(allN, [{ contig: "chr1", start: 0, end: 50 }], {
      ...OPTIONS,
      maxN: 0.07,
    });
    const error = new RegionError(
      "expected windows with at most 7 % N (--max-n) in the training regions of small.fa, " +
        "20,000 were looked at for one that is: check the regions or raise the limit",
    );
    await expect(window(0)).rejects.toEqual(error);
    expect(() => windowSync?.(0)).toThrow(error);
  });

  it("refuses regions none of which holds a window, and says how long the longest is", () => {
    expect(() => genomeWindows(genome, INTERVALS, { ...OPTIONS, length: 21 })).toThrow(
      new RegionError(
        "expected a training region of at least 21 bases (--length), the longest has 20: " +
          "give longer regions or a smaller --length",
      ),
    );
    expect(() => genomeWindows(genome, [], OPTIONS)).toThrow("the longest has 0: give longer");
  });

  it("refuses two hundred thousand short regions with the same sentence", () => {
    const many = Array.from({ length: 200_000 }, (_, i) => ({
      contig: "chr1",
      start: 10 * i,
      end: 10 * i + 5,
    }));
    expect(() => genomeWindows(genome, many, OPTIONS)).toThrow(RegionError);
  });
});
