import { describe, expect, it } from "vitest";
import { accuracyBy } from "../../../src/stats/metrics/accuracy-by.ts";
import { wilsonInterval } from "../../../src/stats/uncertainty/wilson.ts";
import { binaryPredictions } from "../../support/random-predictions.ts";

// right, right, wrong, right, wrong
const predictions = binaryPredictions([1, 0, 1, 0, 0], [0.9, 0.1, 0.2, 0.3, 0.8]);

describe("accuracyBy", () => {
  it("puts an edge into the row that it begins, the last one into the last row", () => {
    const rows = accuracyBy(predictions, [0, 9, 10, 20, 40], [0, 10, 20, 30, 40]);
    expect(rows.map((row) => [row.from, row.to, row.count, row.accuracy])).toEqual([
      [0, 10, 2, 1],
      [10, 20, 1, 0],
      [20, 30, 1, 1],
      [30, 40, 1, 0],
    ]);
    const [all, none] = accuracyBy(predictions, [1, 1, 1, 1, 1], [0, 2, 3]);
    expect(all?.standardError).toBeCloseTo(Math.sqrt((0.6 * 0.4) / 5), 15);
    expect(all?.interval).toEqual(wilsonInterval(3, 5));
    expect(none).toEqual({
      from: 2,
      to: 3,
      count: 0,
      accuracy: undefined,
      standardError: undefined,
      interval: undefined,
    });
  });

  it.each([
    ["expected 5 values, got 1", [1], [0, 2]],
    ["expected two rising edges or more, got [0]", [1, 1, 1, 1, 1], [0]],
    ["expected two rising edges or more, got [0, 2, 2]", [1, 1, 1, 1, 1], [0, 2, 2]],
    ["expected values in 0 … 2, got 3", [1, 1, 1, 1, 3], [0, 2]],
    ["expected values in 0 … 2, got -1", [1, 1, 1, 1, -1], [0, 2]],
    ["expected values in 0 … 2, got NaN", [1, 1, 1, 1, Number.NaN], [0, 2]],
  ])("refuses: %s", (message, values, edges) => {
    expect(() => accuracyBy(predictions, values, edges)).toThrow(
      new RangeError(`internal: ${message}`),
    );
  });
});
