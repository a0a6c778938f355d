import { describe, expect, it } from "vitest";
import { windowYield } from "../../src/data/window-yield.ts";
import { RegionError } from "../../src/errors.ts";
import { genomeOf } from "./window-fixture.ts";

const OPTIONS = {
  length: 10,
  frame: "random",
  maxN: 0,
  maxSoftMasked: 1,
  reverseComplement: 0.5,
  seed: 1,
} as const;

function yieldOf(text: string, options: Partial<typeof OPTIONS> & { maxSoftMasked?: number } = {}) {
  const whole = [{ contig: "a", start: 0, end: text.length }];
  return windowYield(genomeOf({ a: text }), whole, { ...OPTIONS, ...options } as typeof OPTIONS);
}

describe("windowYield", () => {
  it("looks at eight windows where all are usable", async () => {
    const found = await yieldOf("ACGTTGCATT".repeat(10));
    expect(found).toEqual({ looked: 8, usable: 8, softMasked: 0 });
  });

  it("looks on where some are not, into later epochs of a small genome", async () => {
    const { looked, usable } = await yieldOf(`${"N".repeat(990)}${"ACGTTGCATT".repeat(2)}`);
    expect(usable).toBe(8);
    expect(looked).toBeGreaterThan(200);
    expect(looked).toBeLessThan(4096);
  });

  it("counts what is soft-masked, in refused windows too", async () => {
    const { usable, softMasked } = await yieldOf(`${"acgta".repeat(20)}${"ACGTT".repeat(20)}`, {
      maxSoftMasked: 0 as 1,
    });
    expect(usable).toBe(8);
    expect(softMasked).toBeGreaterThan(0);
  });

  it("refuses where none is within the limits, and says how many were looked at", async () => {
    await expect(yieldOf("N".repeat(100))).rejects.toEqual(
      new RegionError(
        "expected windows with at most 0 % N (--max-n) in the training regions of small.fa, " +
          "4,096 windows were looked at and none is: check the regions or raise the limit",
      ),
    );
  });

  it("refuses where hardly any is", async () => {
    await expect(yieldOf(`${"N".repeat(40_000)}${"ACGTTGCATT".repeat(2)}`)).rejects.toThrow(
      /4,096 windows were looked at and (none is|[1-7] are?): check the regions or raise the limit/,
    );
  });
});
