import { describe, expect, it } from "vitest";
import { baseCount, readWindow } from "../../src/data/window.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { genomeOf } from "./window-fixture.ts";

const genome = genomeOf({ chr1: "GGAAcgTNrT" });

describe("readWindow", () => {
  it("reads the forward strand as it stands, soft-masking beside it", async () => {
    const interval = { contig: "chr1", start: 2, end: 9 };
    const { ids, isSoftMasked, ...rest } = await readWindow(genome, interval, "+");
    expect(rest).toEqual({ interval, strand: "+" });
    expect(decodeIds(ids)).toBe("AACGTNN");
    expect([...isSoftMasked]).toEqual([0, 0, 1, 1, 0, 0, 1]);
  });

  it("reads the other strand as the reverse complement, its soft-masking reversed", async () => {
    const interval = { contig: "chr1", start: 2, end: 9 };
    const { ids, isSoftMasked, ...rest } = await readWindow(genome, interval, "-");
    expect(rest).toEqual({ interval, strand: "-" });
    expect(decodeIds(ids)).toBe("NNACGTT");
    expect([...isSoftMasked]).toEqual([1, 0, 0, 1, 1, 0, 0]);
  });
});

describe("baseCount", () => {
  it("counts A, C, G and T, not N", () => {
    expect(baseCount(Uint8Array.of(0, 1, 2, 3, 4, 4))).toBe(4);
    expect(baseCount(new Uint8Array())).toBe(0);
  });
});
