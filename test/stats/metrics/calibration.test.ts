import { describe, expect, it } from "vitest";
import { calibrationError, ece, reliability } from "../../../src/stats/metrics/calibration.ts";
import { measure } from "../../../src/stats/metrics/metric.ts";
import { xorshift32 } from "../../support/random-ids.ts";
import { binaryPredictions, randomPredictions } from "../../support/random-predictions.ts";

const once = (length: number): Float64Array => new Float64Array(length).fill(1);

describe("reliability", () => {
  it("sorts confidences into (from, to] and leaves empty bins without values", () => {
    const predictions = binaryPredictions([1, 1, 0, 0], [0.75, 1, 0.875, 0.5]);
    const curve = reliability(predictions, 4)(once(4));
    expect(curve.map((bin) => [bin.from, bin.to, bin.count])).toEqual([
      [0, 0.25, 0],
      [0.25, 0.5, 1], // class 0 at one half
      [0.5, 0.75, 1],
      [0.75, 1, 2],
    ]);
    expect(curve[3]).toMatchObject({ confidence: 0.9375, accuracy: 0.5 });
    expect(curve[0]).toMatchObject({ confidence: undefined, accuracy: undefined });
    expect(calibrationError(curve)).toBeCloseTo((0.5 + 0.25 + 2 * 0.4375) / 4, 15);
  });

  it("equals a loop over bins", () => {
    const predictions = randomPredictions(200, 3, 5);
    let expected = 0;
    for (let bin = 0; bin < 15; bin++) {
      let confidence = 0;
      let right = 0;
      for (let i = 0; i < 200; i++) {
        const row = [...predictions.probabilities.subarray(3 * i, 3 * i + 3)];
        const top = Math.max(...row);
        if (!(top > bin / 15 && top <= (bin + 1) / 15)) continue;
        confidence += top;
        right += row.indexOf(top) === predictions.labels[i] ? 1 : 0;
      }
      expected += Math.abs(right - confidence) / 200;
    }
    expect(measure(ece, predictions)).toBeCloseTo(expected, 13);
  });

  it("has an error near 0 for a classifier that means what it says", () => {
    const next = xorshift32(3);
    const p = Array.from({ length: 20_000 }, next);
    const honest = binaryPredictions(
      p.map((value) => (next() < value ? 1 : 0)),
      p,
    );
    expect(measure(ece, honest)).toBeLessThan(0.02); // noise of 2,500 a bin: about 0.01 each
    const boastful = {
      ...honest,
      probabilities: honest.probabilities.map((value) => (value > 0.5 ? 1 : 0)),
    };
    expect(measure(ece, boastful)).toBeGreaterThan(0.2);
  });
});
