import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseShard, shardRange } from "../../src/data/process-shard.ts";
import { ConfigError } from "../../src/errors.ts";

describe("parseShard", () => {
  it("counts from 1", () => {
    expect(parseShard("1/8")).toEqual({ rank: 0, size: 8 });
    expect(parseShard("8/8")).toEqual({ rank: 7, size: 8 });
    expect(parseShard("1/1")).toEqual({ rank: 0, size: 1 });
  });

  it.each([
    "0/8",
    "9/8",
    "1",
    "1/",
    "/2",
    "1/0",
    "-1/2",
    "1.5/2",
    "1/2/3",
    " 1/2",
    "1/9999999",
    "",
  ])("refuses %j", (text) => {
    expect(() => parseShard(text)).toThrow(ConfigError);
    expect(() => parseShard(text)).toThrow(
      `expected --shard to be I/N with I from 1 to N, and N at most 1000000, got`,
    );
  });
});

describe("shardRange", () => {
  it("holds every number once over all processes, in order, in runs whose lengths differ by one at most", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 30 }), (count, size) => {
        const ranges = Array.from({ length: size }, (_, rank) => shardRange(count, { rank, size }));
        const all = ranges.flatMap(({ first, end }) =>
          Array.from({ length: end - first }, (_, i) => first + i),
        );
        expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
        const lengths = ranges.map(({ first, end }) => end - first);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("stays exact for counts beyond 32 bits", () => {
    const count = 2 ** 52 + 3;
    const size = 999_983;
    let end = 0;
    for (const rank of [0, 1, 2, 499_991, size - 2, size - 1]) {
      const range = shardRange(count, { rank, size });
      if (rank > 0 && rank < 3) expect(range.first).toBe(end);
      end = range.end;
    }
    expect(end).toBe(count);
  });
});
