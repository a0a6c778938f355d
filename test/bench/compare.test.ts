import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../bench/settings.ts";
import { compare } from "../../bench/versus/compare.ts";
import { formatVersus } from "../../bench/versus/format.ts";
import type { SideRun } from "../../bench/versus/versus.ts";

const SETTINGS = { ...DEFAULT_SETTINGS, length: 8, batch: 1, warmup: 1, steps: 3 };

const run = (
  name: string,
  seconds: readonly number[],
  losses: readonly number[],
  precision = "fp32",
): SideRun => ({
  ...{ name, who: name, threads: 2, precision, peakRssMb: name === "gdiff" ? 100 : 200 },
  findings: {},
  steps: seconds.map((each, i) => ({ seconds: each, values: [losses[i] as number] })),
});

const gdiff = run("gdiff", [9, 1, 2, 3], [2, 1, 1, 1]);

describe("compare", () => {
  it("takes the fastest peer, medians without the warm-up, and the largest difference of any step", () => {
    const result = compare("train-step", SETTINGS, [
      gdiff,
      run("fp32", [0, 8, 9, 7], [2, 1, 1, 1]),
      run("bf16", [0, 6, 6, 6], [2.02, 1, 1, 1], "bf16"),
    ]);
    expect(result).toMatchObject({ best: "bf16", ratio: 3, memoryRatio: 0.5, isVoid: false });
    expect(result.peers.map(({ largestDifference }) => largestDifference)).toEqual([
      0,
      expect.closeTo(0.02 / 2.02, 12),
    ]);
    expect(result.ours).toMatchObject({ secondsPerStep: 2, tokensPerSecond: 4 });
    expect(formatVersus(result).at(-1)).toBe("ratio 3.00 of bf16's speed, 0.50 of its peak memory");
  });

  it.each([
    ["in float32, more than a thousandth", "fp32", 1.002],
    ["in bfloat16, more than two hundredths", "bf16", 1.03],
    ["not a number", "fp32", Number.NaN],
  ])("gives no ratio where the fastest peer's losses differ: %s", (_, precision, loss) => {
    const result = compare("train-step", SETTINGS, [
      gdiff,
      run("fast", [0, 1, 1, 1], [2, 1, loss, 1], precision),
      run("slow", [0, 8, 8, 8], [2, 1, 1, 1]),
    ]);
    expect([result.isVoid, result.ratio, result.memoryRatio]).toEqual([true, undefined, undefined]);
    expect(formatVersus(result).at(-1)).toBe(
      "ratio VOID: fast, the fastest, computed other values than gdiff",
    );
  });

  it("allows bfloat16 more than float32", () => {
    const peer = (precision: string) => run("peer", [0, 1, 1, 1], [2, 1, 1.01, 1], precision);
    const isVoid = (precision: string): boolean =>
      compare("train-step", SETTINGS, [gdiff, peer(precision)]).isVoid;
    expect([isVoid("bf16"), isVoid("fp32")]).toEqual([false, true]);
  });

  it("has no ratio without a peer", () => {
    const result = compare("train-step", SETTINGS, [gdiff]);
    expect([result.isVoid, result.ratio]).toEqual([false, undefined]);
    expect(formatVersus(result).at(-1)).toBe("no peer asked for: no ratio");
  });
});
