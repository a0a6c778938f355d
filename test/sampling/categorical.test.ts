import { describe, expect, it } from "vitest";
import { drawBase } from "../../src/sampling/categorical.ts";

const LOGITS = Float64Array.of(9, 9, 9, 9, ...[0.1, 0.2, 0.3, 0.4].map(Math.log));

describe("drawBase", () => {
  it("inverts the cumulative distribution of its row exactly at the steps", () => {
    const draw = (u: number): number => drawBase(LOGITS, 1, u, 1);
    for (const [u, base] of [
      [0, 0],
      [0.0999999, 0],
      [0.1000001, 1],
      [0.2999999, 1],
      [0.3000001, 2],
      [0.5999999, 2],
      [0.6000001, 3],
      [1 - 2 ** -53, 3],
    ] as const)
      expect(draw(u), `u ${u}`).toBe(base);
  });

  it("divides logits by the temperature: shares are powers of the probabilities", () => {
    const powers = [0.1, 0.2, 0.3, 0.4].map((p) => p ** 2);
    const total = powers.reduce((sum, p) => sum + p, 0);
    let below = 0;
    for (const [base, p] of powers.entries()) {
      expect(drawBase(LOGITS, 1, (below + 1e-9) / total, 0.5)).toBe(base);
      below += p;
      expect(drawBase(LOGITS, 1, (below - 1e-9) / total, 0.5)).toBe(base);
    }
  });

  it("takes the largest at temperature 0, the first of equals", () => {
    expect(drawBase(LOGITS, 1, 0, 0)).toBe(3);
    expect(drawBase(LOGITS, 0, 0.99, 0)).toBe(0);
    expect(drawBase(Float32Array.of(1, 3, 3, 0), 0, 0.9, 0)).toBe(1);
  });

  it("never takes a base of probability 0, and stands logits of any size", () => {
    const only2 = Float64Array.of(-Infinity, -Infinity, 5, -Infinity);
    for (const u of [0, 0.5, 1 - 2 ** -53]) {
      expect(drawBase(only2, 0, u, 1)).toBe(2);
      expect(drawBase(Float32Array.of(3e38, -3e38, 0, -3e38), 0, u, 1)).toBe(0);
    }
    expect(drawBase(Float64Array.of(-900, -901, -Infinity, -Infinity), 0, 0.9, 1)).toBe(1);
  });
});
