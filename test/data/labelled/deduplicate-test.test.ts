import { describe, expect, it } from "vitest";
import { deduplicateTest } from "../../../src/data/labelled/deduplicate-test.ts";
import { ConfigError } from "../../../src/errors.ts";

const sequences = {
  isCopy: Uint8Array.of(1, 0, 0, 0, 0),
  sharesBases: Uint8Array.of(1, 0, 1, 0, 0),
};
const intervals = {
  isCopy: Uint8Array.of(0, 1, 0, 0, 0),
  isHalfCovered: Uint8Array.of(0, 1, 0, 1, 0),
};

describe("deduplicateTest", () => {
  it.each([
    ["copies", [2, 3, 4]],
    ["half-covered", [2, 4]],
    ["shared-64-mer", [3, 4]],
  ] as const)("leaves what the rule %s does not name", (rule, left) => {
    expect([...deduplicateTest({ sequences, intervals }, rule)]).toEqual(left);
  });

  it("takes copies by bases or intervals, whichever is known", () => {
    expect([...deduplicateTest({ sequences }, "copies")]).toEqual([1, 2, 3, 4]);
    expect([...deduplicateTest({ intervals }, "copies")]).toEqual([0, 2, 3, 4]);
  });

  it.each([
    ["copies", {}, "bases or intervals"],
    ["half-covered", { sequences }, "intervals"],
    ["shared-64-mer", { intervals }, "bases"],
  ] as const)("refuses the rule %s for sets that do not say enough", (rule, leaks, what) => {
    expect(() => deduplicateTest(leaks, rule)).toThrow(ConfigError);
    expect(() => deduplicateTest(leaks, rule)).toThrow(
      `the rule ${rule} expected the ${what} of the test and training sequences, which this set does not have: choose another rule`,
    );
  });

  it("refuses flags of different sets", () => {
    const fewer = { isCopy: new Uint8Array(2), isHalfCovered: new Uint8Array(2) };
    expect(() => deduplicateTest({ sequences, intervals: fewer }, "copies")).toThrow(
      "internal: expected as many sequences as intervals of the test set",
    );
  });
});
