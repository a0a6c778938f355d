import { expect, it } from "vitest";
import { centralDifferences } from "../../naive/central-differences.ts";
import { naiveGelu } from "../../naive/gelu.ts";
import { naiveSiluGate } from "../../naive/silu-gate.ts";
import { maxDifference } from "../../support/backend.ts";
import {
  binding,
  computed,
  describeEachInstructionSet,
  dot,
  poisoned,
  refusalOf,
  values,
} from "./support.ts";

/** Where both functions bend, where they are straight, and between. */
const wide = (count: number, salt: number): Float32Array =>
  values(count, salt).map((value, i) => value * (i % 3 === 0 ? 12 : 4));

/** Around a vector's and a task's edges. */
const COUNTS = [0, 1, 3, 4, 8, 15, 16, 17, 33, 16_383, 16_385, 40_001];

/** What a function of one value becomes at ±0, far out and at the ends of the line. */
const EDGES = Float32Array.of(
  0,
  -0,
  1e-30,
  -1e-30,
  30,
  -30,
  1e20,
  -1e20,
  3e38,
  -3e38,
  Infinity,
  NaN,
);

describeEachInstructionSet("activations", () => {
  it.each(COUNTS)("gelu and siluGate agree with float64 loops on %i values", (count) => {
    const a = wide(count, 1);
    const b = values(count, 2);
    const [gelu] = computed([count], (out) => binding.geluForward(count, a, out));
    expect(maxDifference(gelu, naiveGelu(a))).toBeLessThan(3e-6);
    const [gate] = computed([count], (out) => binding.siluGateForward(count, a, b, out));
    expect(maxDifference(gate, naiveSiluGate(a, b))).toBeLessThan(3e-6);
  });

  it("have the gradients of those loops", () => {
    const count = 101;
    const a = wide(count, 1);
    const b = values(count, 2);
    const dy = values(count, 3);
    const [dx] = computed([count], (out) => binding.geluBackward(count, a, dy, out));
    const geluSlope = centralDifferences((x) => dot(naiveGelu(x), dy), a);
    expect(maxDifference(dx, geluSlope)).toBeLessThan(3e-6);
    const [da, db] = computed([count, count], (...out) =>
      binding.siluGateBackward(count, a, b, dy, ...out),
    );
    const slopeA = centralDifferences((x) => dot(naiveSiluGate(x, b), dy), a);
    const slopeB = centralDifferences((x) => dot(naiveSiluGate(a, x), dy), b);
    expect(maxDifference(da, slopeA)).toBeLessThan(3e-6);
    expect(maxDifference(db, slopeB)).toBeLessThan(4e-6);
  });

  it("are straight far out, and keep NaN", () => {
    const count = EDGES.length;
    const ones = new Float32Array(count).fill(1);
    const out = poisoned(count);
    const slope = poisoned(count);
    binding.geluForward(count, EDGES, out);
    binding.geluBackward(count, EDGES, ones, slope);
    const straight = [30, 0, 1e20, 0, 3e38, 0, Infinity, NaN].map(Math.fround);
    expect([...out.subarray(4)].map((v) => v + 0)).toEqual(straight);
    expect([...slope.subarray(4)].map((v) => v + 0)).toEqual([1, 0, 1, 0, 1, 0, 1, NaN]);
    expect([...slope.subarray(0, 4)]).toEqual([0.5, 0.5, 0.5, 0.5]);
    binding.siluGateForward(count, EDGES, ones, out);
    binding.siluGateBackward(count, EDGES, ones, ones, slope, poisoned(count));
    expect(out[4]).toBeCloseTo(30, 5);
    expect(out[7]).toBe(-0);
    expect(slope[6]).toBe(1);
    expect(Math.abs(slope[7] as number)).toBe(0);
    expect(slope[11]).toBeNaN();
  });
});

it("refuses what is too short, naming it", () => {
  const three = values(3, 1);
  expect(refusalOf(() => binding.geluForward(3, three, new Float32Array(2)))).toBe(
    "TypeError: native geluForward: expected out to be a Float32Array of 3 values or more, got 2 values",
  );
});
