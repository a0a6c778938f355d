import { describe, expect, it } from "vitest";
import { learningRate } from "../../src/train/learning-rate.ts";

const SCHEDULE = { peak: 0.8, warmup: 4, steps: 13, minRatio: 0.25 };

describe("learningRate", () => {
  it("climbs in equal steps, reaches the peak, halves its way at the middle and ends at the floor", () => {
    // After the warm-up, steps 4 … 12: progress (step − 4) / 8.
    const rates = Array.from({ length: 13 }, (_, step) => learningRate(SCHEDULE, step));
    const expected = [
      0.2, 0.4, 0.6, 0.8, 0.8, 0.777164, 0.712132, 0.614805, 0.5, 0.385195, 0.287868, 0.222836, 0.2,
    ];
    for (const [step, rate] of rates.entries())
      expect(rate).toBeCloseTo(expected[step] as number, 6);
  });

  it("stays at the floor beyond the last step", () => {
    expect(learningRate(SCHEDULE, 12)).toBeCloseTo(0.2, 12);
    expect(learningRate(SCHEDULE, 1000)).toBeCloseTo(0.2, 12);
  });

  it("begins at the peak without a warm-up, and is finite in runs of one step", () => {
    expect(learningRate({ ...SCHEDULE, warmup: 0 }, 0)).toBe(0.8);
    expect(learningRate({ ...SCHEDULE, warmup: 0, steps: 1 }, 0)).toBe(0.8);
    expect(learningRate({ ...SCHEDULE, warmup: 1, steps: 1 }, 0)).toBe(0.8);
  });
});
