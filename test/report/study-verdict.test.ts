import { describe, expect, test } from "vitest";
import { orderLegend, orderText } from "../../src/report/study/study-order.ts";
import { baselineVerdict, boundNote, studyVerdicts } from "../../src/report/study/study-verdict.ts";
import type { ArmDifference, ArmReport } from "../../src/report/study-record.ts";
import { fabricatedStudy } from "../support/fabricated-study.ts";

const study = fabricatedStudy();
const [ar, mdlm] = study.arms as [ArmReport, ArmReport];
const named = (arm: ArmReport, name: string, mean: number): ArmReport => ({
  ...arm,
  name,
  bits: { ...arm.bits, mean },
});
const [a, b] = [named(ar, "a", 1.9), named(mdlm, "b", 1.95)];

type Interval = readonly [number, number] | undefined;
function difference(seeds: Interval, windows: Interval): ArmDifference {
  const interval = (range: Interval) =>
    range === undefined ? undefined : { low: range[0], high: range[1] };
  return {
    ...{ less: "a", more: "b" },
    overSeeds: {
      ...{ seeds: 3, mean: 0.05, spread: 0.01, standardDeviation: 0.005, pValue: 0.01 },
      interval: interval(seeds),
    },
    overWindows: { standardError: 0.01, interval: interval(windows) },
  };
}
const verdict = (seeds: Interval, windows: Interval) =>
  studyVerdicts({ arms: [a, b], differences: [difference(seeds, windows)] })[0];

describe("a difference", () => {
  test.each<[string, Interval, Interval, string]>([
    ["above 0 by both intervals is clear", [0.01, 0.09], [0.02, 0.08], "clear"],
    ["that other seeds may turn is not", [-0.01, 0.11], [0.02, 0.08], "unclear"],
    ["that other windows may turn is not", [0.01, 0.09], [-0.001, 0.1], "unclear"],
    ["that touches 0 is not", [0, 0.1], [0.02, 0.08], "unclear"],
    ["of one seed is not known", undefined, [0.02, 0.08], "unknown"],
    ["of one window is not known", [0.01, 0.09], undefined, "unknown"],
  ])("%s", (_, seeds, windows, standing) => {
    expect(verdict(seeds, windows)?.standing).toBe(standing);
  });

  test("is told with both intervals, and what a bound leaves open", () => {
    expect(verdict([0.01, 0.09], [0.02, 0.08])?.text).toBe(
      "a is 0.0500 bits per base below b (1.9000 against ≤\u00a01.9500), more than seeds and windows spread: over seeds +0.0100 to +0.0900, over windows +0.0200 to +0.0800. Of b only a bound is known: its own −log p may be lower.",
    );
    expect(verdict([-0.01, 0.11], undefined)?.text).toMatch(
      /^a is 0\.0500 .*; THE SPREAD IS NOT KNOWN, as there is one window: over seeds/,
    );
    expect(verdict([-0.01, 0.11], [0.02, 0.08])?.text).toContain("WITHIN THE SPREAD");
  });
});

test("what bounds leave open depends on which of the two is one", () => {
  const exact = named(ar, "b", 1.95);
  expect(boundNote(a, exact)).toBeUndefined();
  expect(boundNote(named(mdlm, "a", 1.9), exact)).toBe(
    "The number of a is a bound: its own −log p is lower still, or the same.",
  );
  expect(boundNote(named(mdlm, "a", 1.9), b)).toBe("Both are bounds: it is these that differ.");
});

test("the order shows bounds as such, and < only where a difference is clear", () => {
  const c = named(mdlm, "c", 1.951);
  const differences = [
    difference([0.01, 0.09], [0.02, 0.08]),
    { ...difference([-0.01, 0.02], [-0.1, 0.1]), less: "b", more: "c" },
  ];
  expect(orderText({ arms: [a, b, c], differences })).toBe(
    "a 1.9000 < b ≤\u00a01.9500 ≈ c ≤\u00a01.9510",
  );
  expect(orderText({ arms: [a], differences: [] })).toBe("a 1.9000");
  expect(orderLegend({ arms: [a, b, c], differences })).toBe(
    "≤ marks upper bounds, < a difference above the spread, ≈ a difference within the spread",
  );
  expect(orderLegend({ arms: [a], differences: [] })).toBeUndefined();
});

test("where the spread is not known the order shows ?, and no sign that it has not is explained", () => {
  const exact = named(ar, "b", 1.95);
  const oneSeed = { arms: [a, exact], differences: [difference(undefined, [0.02, 0.08])] };
  expect(orderText(oneSeed)).toBe("a 1.9000 ? b 1.9500");
  expect(orderLegend(oneSeed)).toBe("? marks a difference whose spread is not known");
  expect(orderText({ arms: [a, b], differences: [] })).toBe("a 1.9000 ? b ≤\u00a01.9500"); // no seed in common
});

test("arms that a model without a network beats are told", () => {
  const baselines = [{ name: "Markov order 5", bits: 1.92, standardError: 0.01 }];
  expect(baselineVerdict({ arms: [a, b], baselines })).toEqual({
    arms: ["b"],
    text: "b (≤\u00a01.9500) is NOT BETTER THAN Markov order 5 (1.9200 bits per base), which has no network.",
  });
  const c = named(ar, "c", 1.96);
  expect(baselineVerdict({ arms: [a, b, c], baselines })?.text).toMatch(
    /^b \(≤\u00a01\.9500\) and c \(1\.9600\) are NOT BETTER THAN/,
  );
  expect(baselineVerdict({ arms: [a], baselines })).toBeUndefined();
  expect(baselineVerdict({ arms: [a, b], baselines: [] })).toBeUndefined();
});
