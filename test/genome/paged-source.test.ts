import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ByteSource } from "../../src/genome/byte-source.ts";
import { type PagedSourceOptions, pagedSource } from "../../src/genome/paged-source.ts";
import { bytesOf, failure } from "./fixtures.ts";

const SIZE = 10_000;
const FILE = Uint8Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 8)) & 0xff);

interface Watched {
  readonly source: ByteSource;
  /** Ranges fetched so far. */
  readonly ranges: (readonly [start: number, end: number])[];
  /** Fetches under way at the same time, at most. */
  readonly peak: () => number;
}

function watched(
  options: Partial<PagedSourceOptions> = {},
  fail: (range: number) => boolean = () => false,
): Watched {
  const ranges: (readonly [number, number])[] = [];
  let open = 0;
  let peak = 0;
  const fetch = async (start: number, end: number): Promise<Uint8Array> => {
    ranges.push([start, end]);
    const number = ranges.length;
    peak = Math.max(peak, ++open);
    await new Promise(setImmediate);
    open--;
    if (fail(number)) throw new Error(`fetch ${number}`);
    return FILE.slice(start, end);
  };
  const small = { pageBytes: 100, cacheBytes: 2000, maxGapBytes: 200, maxRequestBytes: 1000 };
  const limits = { maxAheadBytes: 1000, maxRequests: 3, soon: setImmediate };
  const source = pagedSource("far", SIZE, fetch, { ...small, ...limits, ...options });
  return { source, ranges, peak: () => peak };
}

describe("requests", () => {
  test("fetch whole pages, and none that is kept", async () => {
    const { source, ranges } = watched();
    expect(await source.read(150, 20)).toEqual(FILE.slice(150, 170));
    expect(await source.read(199, 1)).toEqual(FILE.slice(199, 200));
    expect(await source.read(9990, 10)).toEqual(FILE.slice(9990));
    expect(await source.read(0, 0)).toEqual(new Uint8Array(0));
    expect(ranges).toEqual([
      [100, 200],
      [9900, 10_000],
    ]);
  });

  test("of reads at the same time are put together", async () => {
    const { source, ranges } = watched();
    const offsets = [1150, 1040, 5000, 1410, 1150, 1210];
    const read = await Promise.all(offsets.map((offset) => source.read(offset, 50)));
    expect(read).toEqual(offsets.map((offset) => FILE.slice(offset, offset + 50)));
    expect(ranges).toEqual([
      [1000, 1500],
      [5000, 5100],
    ]);
  });

  test("fetch no page twice at once, though it is asked for at different times", async () => {
    const { source, ranges } = watched();
    const first = source.read(100, 100);
    await new Promise(setImmediate);
    expect(ranges).toHaveLength(1);
    const second = source.read(150, 100);
    expect(await first).toEqual(FILE.slice(100, 200));
    expect(await second).toEqual(FILE.slice(150, 250));
    expect(ranges).toEqual([
      [100, 200],
      [200, 300],
    ]);
  });

  test("are bounded in length and in number", async () => {
    const { source, ranges, peak } = watched();
    expect(await source.read(0, SIZE)).toEqual(FILE);
    expect(ranges).toHaveLength(10);
    expect(Math.max(...ranges.map(([start, end]) => end - start))).toBe(1000);
    expect(peak()).toBe(3);
  });

  test("run ahead of one who reads on", async () => {
    const { source, ranges } = watched();
    for (let offset = 0; offset < SIZE; offset += 50) {
      expect(await source.read(offset, 50)).toEqual(FILE.slice(offset, offset + 50));
    }
    expect(ranges.length).toBeLessThan(60);
    const fetched = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
    expect(fetched).toBe(SIZE);
  });
});

test("keeps no more than its cache", async () => {
  const { source, ranges } = watched({ maxGapBytes: 0 });
  for (let page = 0; page < 100; page += 2) await source.read(page * 100, 10);
  expect(ranges).toHaveLength(50);
  for (let page = 62; page < 100; page += 2) await source.read(page * 100, 10);
  expect(ranges).toHaveLength(50);
  await source.read(0, 10);
  expect(ranges).toHaveLength(51);
  await source.close();
  await source.read(9800, 10);
  expect(ranges).toHaveLength(52);
});

test("a failure reaches those who wait for it, and is forgotten", async () => {
  const { source, ranges } = watched({}, (number) => number === 1);
  const reads = [source.read(0, 50), source.read(120, 10), source.read(5000, 10)] as const;
  const [first, second, third] = await Promise.allSettled(reads);
  expect([first.status, second.status, third.status]).toEqual([
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  expect(await source.read(0, 50)).toEqual(FILE.slice(0, 50));
  expect(ranges).toEqual([
    [0, 200],
    [5000, 5100],
    [0, 100],
  ]);
});

test("a failure ahead of what is read is nobody's", async () => {
  const { source } = watched({ maxRequestBytes: 100, maxGapBytes: 0 }, (number) => number > 3);
  for (let offset = 0; offset < 300; offset += 50) await source.read(offset, 50);
  expect(await failure(() => source.read(900, 50))).toMatch(/Error: fetch \d+/);
});

test("refuses ranges outside the file, and reads into a given buffer", async () => {
  const { source } = watched();
  expect(await failure(() => source.read(9999, 2))).toBe(
    "FileError: far: expected 2 bytes at byte 9999, but it has only 10000 (was it cut or replaced?)",
  );
  const into = bytesOf("????????????");
  const read = await source.read(100, 8, into);
  expect(read.buffer).toBe(into.buffer);
  expect(into.subarray(0, 8)).toEqual(FILE.slice(100, 108));
  expect(into.subarray(8)).toEqual(bytesOf("????"));
});

test("any reads in any order at any size of page give the file's bytes", async () => {
  const read = fc.record({
    offset: fc.nat(SIZE),
    length: fc.nat(3000),
    waits: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(read, { maxLength: 30 }),
      fc.integer({ min: 1, max: 700 }),
      fc.nat(3000),
      async (reads, pageBytes, cacheBytes) => {
        const { source } = watched({ pageBytes, cacheBytes });
        const pending: Promise<void>[] = [];
        for (const { offset, length, waits } of reads) {
          const end = Math.min(SIZE, offset + length);
          const check = source.read(offset, end - offset).then((bytes) => {
            expect(Buffer.compare(bytes, FILE.subarray(offset, end))).toBe(0);
          });
          pending.push(check);
          if (waits) await check;
        }
        await Promise.all(pending);
      },
    ),
    { numRuns: 60 },
  );
});
