import { describe, expect, it } from "vitest";
import { backoffModel } from "../../src/stats/backoff.ts";
import { ContextCounter } from "../../src/stats/context-counts.ts";
import { scoreBases } from "../../src/stats/score-bases.ts";
import { naiveBackoff, naiveContext, naiveText } from "../naive/context-model.ts";
import { randomIds } from "../support/random-ids.ts";

const contig = randomIds(300, 21, 0.03);
const counter = new ContextCounter(4);
counter.add(contig);
const counts = counter.finish();
const concentrations = [0.5, 3, 10, 2, 7];

describe("backoffModel", () => {
  it("equals the recursion over naive counts, also for contexts never seen", () => {
    const window = randomIds(60, 22, 0.1);
    const text = naiveText(window);
    const scores = scoreBases(backoffModel(counts, concentrations), window);
    for (let i = 0; i < text.length; i++) {
      if (text[i] === "N") continue;
      const context = naiveContext(text, i, 4);
      const p = naiveBackoff([naiveText(contig)], concentrations, context, text[i] as string);
      expect(scores.nats[i]).toBeCloseTo(-Math.log(p), 12);
    }
  });

  it("sums to 1 over the four bases of every context", () => {
    const model = backoffModel(counts, concentrations);
    for (let context = 0; context < 4 ** 4; context++) {
      const sum = [0, 1, 2, 3].reduce((s, id) => s + model.probability(4 * context + id, 4), 0);
      expect(sum).toBeCloseTo(1, 14);
    }
  });

  it("nears the uniform model as every concentration grows", () => {
    const model = backoffModel(counts, [1e12, 1e12, 1e12, 1e12, 1e12]);
    expect(model.probability(7, 4)).toBeCloseTo(0.25, 9);
  });

  it.each([
    { given: [1, 2], text: "1, 2" },
    { given: [1, 1, 0, 1, 1], text: "1, 1, 0, 1, 1" },
  ])("refuses concentrations [$text]", ({ given, text }) => {
    expect(() => backoffModel(counts, given)).toThrow(
      new RangeError(`internal: expected 5 positive concentrations, got [${text}]`),
    );
  });
});
