import { describe, expect, it } from "vitest";
import { SamplingError } from "../../src/errors.ts";
import { type BaseChoice, drawBase } from "../../src/sampling/categorical.ts";

const at = (temperature: number, topP = 1): BaseChoice => ({ temperature, topP });
const PLAIN = at(1);
const LOGITS = Float64Array.of(9, 9, 9, 9, ...[0.1, 0.2, 0.3, 0.4].map(Math.log));

describe("drawBase", () => {
  it("inverts the cumulative distribution of its row exactly at the steps", () => {
    const draw = (u: number): number => drawBase(LOGITS, 1, u, PLAIN);
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
      expect(drawBase(LOGITS, 1, (below + 1e-9) / total, at(0.5))).toBe(base);
      below += p;
      expect(drawBase(LOGITS, 1, (below - 1e-9) / total, at(0.5))).toBe(base);
    }
  });

  it("takes the largest at temperature 0, the first of equals", () => {
    expect(drawBase(LOGITS, 1, 0, at(0))).toBe(3);
    expect(drawBase(LOGITS, 0, 0.99, at(0))).toBe(0);
    expect(drawBase(Float32Array.of(1, 3, 3, 0), 0, 0.9, at(0))).toBe(1);
  });

  it("never takes a base of probability 0, and stands logits of any size", () => {
    const only2 = Float64Array.of(-Infinity, -Infinity, 5, -Infinity);
    for (const u of [0, 0.5, 1 - 2 ** -53]) {
      expect(drawBase(only2, 0, u, PLAIN)).toBe(2);
      expect(drawBase(Float32Array.of(3e38, -3e38, 0, -3e38), 0, u, PLAIN)).toBe(0);
    }
    expect(drawBase(Float64Array.of(-900, -901, -Infinity, -Infinity), 0, 0.9, PLAIN)).toBe(1);
  });

  /** Shares of the four bases over a fine grid of uniforms. */
  const shares = (choice: BaseChoice, allowed?: number, logits = LOGITS, row = 1): number[] => {
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 1000; i++) {
      const base = drawBase(logits, row, (i + 0.5) / 1000, choice, allowed);
      counts[base] = (counts[base] as number) + 1;
    }
    return counts.map((count) => count / 1000);
  };

  it("draws among the allowed bases by their own shares", () => {
    expect(shares(PLAIN, 0b0110)).toEqual([0, 0.4, 0.6, 0]);
    expect(shares(PLAIN, 0b1001)).toEqual([0.2, 0, 0, 0.8]);
    expect(shares(at(0), 0b0111)).toEqual([0, 0, 1, 0]);
    expect(shares(PLAIN, 0b0001)).toEqual([1, 0, 0, 0]);
  });

  it("keeps the shares of allowed bases however small their part of the whole is", () => {
    const tiny = Float64Array.of(0, -800 + Math.log(0.25), -800 + Math.log(0.75), 0);
    expect(shares(PLAIN, 0b0110, tiny, 0)).toEqual([0, 0.25, 0.75, 0]);
  });

  it("takes allowed bases without any probability as equally likely", () => {
    const none = Float64Array.of(0, -Infinity, -Infinity, 1);
    expect(shares(PLAIN, 0b0110, none, 0)).toEqual([0, 0.5, 0.5, 0]);
    const [a, c, g, t] = shares(at(0.3, 0.9), 0b0111, none.fill(-Infinity), 0);
    for (const share of [a, c, g]) expect(share).toBeCloseTo(1 / 3, 2);
    expect(t).toBe(0);
  });

  it("keeps the smallest set of likeliest bases that reaches the nucleus, of the allowed and tempered ones", () => {
    for (const [topP, kept] of [
      [1, [0.1, 0.2, 0.3, 0.4]],
      [0.95, [0.1, 0.2, 0.3, 0.4]],
      [0.9, [0, 2 / 9, 3 / 9, 4 / 9]],
      [0.7, [0, 0, 3 / 7, 4 / 7]],
      [0.41, [0, 0, 3 / 7, 4 / 7]],
      [0.4, [0, 0, 0, 1]],
      [0.01, [0, 0, 0, 1]],
      [0, [0, 0, 0, 1]],
    ] as const) {
      for (const [base, share] of shares(at(1, topP)).entries())
        expect(share, `base ${base} at ${topP}`).toBeCloseTo(kept[base] as number, 2);
    }
    // (.85, .1, …) at .9 keeps two; the rule of bd3lms and remdm would keep one.
    const steep = Float64Array.from([0.85, 0.1, 0.03, 0.02], Math.log);
    expect(shares(at(1, 0.9), undefined, steep, 0).map((p) => p > 0)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    // Of A, C, G alone (.1, .2, .3 of .6) half is G.
    expect(shares(at(1, 0.5), 0b0111)).toEqual([0, 0, 1, 0]);
    // Squared by the temperature: .16 of .30 is T alone.
    expect(shares(at(0.5, 0.5))).toEqual([0, 0, 0, 1]);
  });

  it("refuses logits that are no numbers, where they matter", () => {
    const broken = Float32Array.of(1, Number.NaN, 2, 3);
    expect(() => drawBase(broken, 0, 0.5, PLAIN)).toThrow(
      new SamplingError(
        "expected logits that are finite or −∞, got NaN: the network's arithmetic overflowed (--precision fp32 has more room)",
      ),
    );
    expect(drawBase(broken, 0, 0.99, PLAIN, 0b1101)).toBe(3);
  });
});
