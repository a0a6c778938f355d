import { describe, expect, test } from "vitest";
import { type ArmEmbeddings, compareEmbeddings } from "../../src/compare/embedding.ts";
import { frechetDistance, type Moments } from "../../src/stats/linear/frechet-distance.ts";
import { xorshift32 } from "../support/random-ids.ts";

const WIDTH = 6;

function features(rows: number, seed: number, shift = 0): Float32Array {
  const next = xorshift32(seed);
  return Float32Array.from(
    { length: rows * WIDTH },
    (_, at) => next() + next() - 1 + (at % WIDTH === 2 ? shift : 0),
  );
}

/** Mean and covariance over n − 1, in two passes. */
function momentsOf(values: Float32Array): Moments {
  const rows = values.length / WIDTH;
  const mean = Float64Array.from({ length: WIDTH }, (_, i) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[row * WIDTH + i] as number;
    return sum / rows;
  });
  const covariance = Float64Array.from({ length: WIDTH * WIDTH }, (_, at) => {
    const [i, j] = [Math.floor(at / WIDTH), at % WIDTH];
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const [x, y] = [values[row * WIDTH + i] as number, values[row * WIDTH + j] as number];
      sum += (x - (mean[i] as number)) * (y - (mean[j] as number));
    }
    return sum / (rows - 1);
  });
  return { mean, covariance };
}

const OPTIONS = { seed: 1, replicates: 200 };
const embeddings: ArmEmbeddings = {
  width: WIDTH,
  generated: features(150, 1, 0.4),
  real: features(150, 2),
  reference: features(150, 3),
};

describe("Fréchet's distance of arms", () => {
  const distance = compareEmbeddings(embeddings, OPTIONS)?.figures[0];

  test("is that of their means and covariances", () => {
    for (const arm of ["generated", "real"] as const) {
      const expected = frechetDistance(momentsOf(embeddings[arm]), momentsOf(embeddings.reference));
      expect(distance?.[arm].value).toBeCloseTo(expected, 9);
    }
  });

  test("of a shifted mean is seen beside the floor", () => {
    expect(distance?.difference.interval?.low).toBeGreaterThan(0);
    expect(distance?.real.value).toBeLessThan(0.05);
  });

  test("has an error about as large as other samples of the same law show", () => {
    const values = Array.from({ length: 40 }, (_, i) => {
      const other = {
        ...embeddings,
        generated: features(150, 100 + i, 0.4),
        reference: features(150, 200 + i),
      };
      return compareEmbeddings(other, { seed: 1, replicates: 2 })?.figures[0]?.generated
        .value as number;
    });
    const mean = values.reduce((sum, x) => sum + x / 40, 0);
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2 / 39, 0));
    const ratio = (distance?.generated.standardError as number) / deviation;
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.7);
  });
});

test("three sequences are too few", () => {
  const few = {
    width: WIDTH,
    generated: features(3, 1),
    real: features(3, 2),
    reference: features(3, 3),
  };
  expect(compareEmbeddings(few, OPTIONS)).toBeUndefined();
});
