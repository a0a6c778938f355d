import { describe, expect, it } from "vitest";
import { formatLimits, isWithinLimits, windowContent } from "../../src/data/window-limits.ts";
import { encodeBases } from "../../src/tokens/encode.ts";

function contentOf(text: string): ReturnType<typeof windowContent> {
  return windowContent(encodeBases(new TextEncoder().encode(text)));
}

describe("windowContent", () => {
  it("counts A, C, G and T, and those of them that are lower case", () => {
    expect(contentOf("ACGTacgtNNnn")).toEqual({ bases: 8, softMasked: 4 });
    expect(contentOf("nN")).toEqual({ bases: 0, softMasked: 0 });
    expect(contentOf("")).toEqual({ bases: 0, softMasked: 0 });
  });
});

describe("isWithinLimits", () => {
  it.each([
    ["N at the limit", { bases: 7, softMasked: 0 }, 10, 0.3, 1, true],
    ["N above it", { bases: 6, softMasked: 0 }, 10, 0.3, 1, false],
    ["soft-masked at the limit, of the bases", { bases: 8, softMasked: 4 }, 10, 1, 0.5, true],
    ["soft-masked above it, of the bases", { bases: 8, softMasked: 5 }, 10, 1, 0.5, false],
    ["no base, whatever the limits", { bases: 0, softMasked: 0 }, 10, 1, 1, false],
  ])("%s", (_what, content, length, maxN, maxSoftMasked, expected) => {
    expect(isWithinLimits(content, length, { maxN, maxSoftMasked })).toBe(expected);
  });
});

describe("formatLimits", () => {
  it("says shares as they were given, and a limit only where there is one", () => {
    expect(formatLimits({ maxN: 0.07, maxSoftMasked: 1 })).toBe("at most 7 % N (--max-n)");
    expect(formatLimits({ maxN: 0.05, maxSoftMasked: 0.29 })).toBe(
      "at most 5 % N (--max-n) and 29 % soft-masked (--max-soft-masked)",
    );
  });
});
