/** Finished designs of samplers under rules: 100,000 of them, judged by regular expressions. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../../src/diffusion/denoise.ts";
import { type DesignPlan, designPlan } from "../../../src/sampling/constraints/design-plan.ts";
import type { DesignRow } from "../../../src/sampling/constraints/design-row.ts";
import { decodeIds } from "../../../src/tokens/encode.ts";
import {
  type BoundSampler,
  boundSamplers,
  maskedBatch,
  samplerRandom,
  VARIANTS,
} from "../../support/sampling/bound-samplers.ts";
import { designRules, feasible, keeper, randomRules, type TextRules } from "./brute-force.ts";

/**
 * A network that is sure of something at every position, mostly of what its neighbours are, and wants nothing of one base:
 * it leads a row where the rules do not want it.
 */
const stubborn: Denoise = async (ids, { batch, length }) => {
  const logits = new Float64Array(batch * length * 4);
  for (let at = 0; at < batch * length; at++) {
    const [left, right] = [ids[at - 1] ?? 0, ids[at + 1] ?? 0];
    logits[4 * at + (left & 3)] = 4;
    logits[4 * at + ((right + at) & 3)] = 2;
    logits[4 * at + ((at * 7 + 3) & 3)] = -Infinity;
  }
  return logits;
};

const even: Denoise = async (_, { batch, length }) => new Float64Array(batch * length * 4);

interface Design {
  readonly text: string;
  readonly isBroken: boolean;
}

/** Fills `count` rows under a plan. */
async function designs(
  plan: DesignPlan,
  length: number,
  count: number,
  { seed, variant }: { readonly seed: number; readonly variant: string },
  denoise = stubborn,
): Promise<Design[]> {
  const constraints: DesignRow[] = Array.from({ length: count }, () => plan.row());
  const sampler = boundSamplers(4 + (seed % 9))[variant] as BoundSampler;
  const batch = { ...maskedBatch(count, length), constraints };
  const ids = await sampler(denoise, batch, samplerRandom(seed));
  return constraints.map(({ isBroken }, row) => ({
    text: decodeIds(ids.subarray(row * length, (row + 1) * length)),
    isBroken,
  }));
}

const variantOf = (seed: number): string => VARIANTS[seed % VARIANTS.length] as string;

/** The same judge, asked once about each text. */
function remembered(keeps: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const answer = known.get(text) ?? keeps(text);
    known.set(text, answer);
    return answer;
  };
}

/** Plans of random rules that have a solution as far as the plan knows. */
function* plans(
  kinds: readonly Parameters<typeof randomRules>[1][],
): Generator<{ seed: number; rules: TextRules; plan: DesignPlan }> {
  for (let seed = 1; ; seed++) {
    const rules = randomRules(seed, kinds[seed % kinds.length] as (typeof kinds)[number]);
    const plan = designPlan(designRules(rules));
    if (!("places" in plan) && !plan.row().isBroken) yield { seed, rules, plan };
  }
}

describe("100,000 designs", () => {
  it("of every sampler keep every rule: words, sets a position, G and C over all or in windows", async () => {
    const kinds = (["none", "whole", "windows"] as const).flatMap((gc) => [
      { length: 6, words: gc === "windows" ? 0 : 3, gc },
      { length: 11, words: gc === "windows" ? 0 : 2, gc },
    ]);
    let made = 0;
    for (const { seed, rules, plan } of plans(kinds)) {
      expect(plan.isExact).toBe(true);
      const keeps = remembered(keeper(rules));
      const how = { seed, variant: variantOf(seed) };
      for (const { text, isBroken } of await designs(plan, rules.letters.length, 1000, how)) {
        if (isBroken || !keeps(text)) expect.fail(`seed ${seed}, ${how.variant}: ${text}`);
        made++;
      }
      if (made >= 100_000) break;
    }
  }, 300_000);

  it("keep words and windows of G and C together unless their row broke, which is rare", async () => {
    let [made, broken] = [0, 0];
    for (const { seed, rules, plan } of plans([{ length: 7, words: 2, gc: "windows" }])) {
      if (feasible(rules).length === 0) continue; // the plan need not know
      const keeps = remembered(keeper(rules));
      const how = { seed, variant: variantOf(seed) };
      for (const { text, isBroken } of await designs(plan, rules.letters.length, 200, how)) {
        if (!isBroken && !keeps(text)) expect.fail(`seed ${seed}, ${how.variant}: ${text}`);
        made++;
        if (isBroken) broken++;
      }
      if (made >= 6000) break;
    }
    expect(broken / made).toBeLessThan(0.05);
  });
});

it("reach every sequence that keeps the rules", async () => {
  let sets = 0;
  for (const { seed, rules, plan } of plans([{ length: 4, words: 3, gc: "whole" }])) {
    const all = feasible(rules);
    if (all.length < 5 || all.length > 80) continue;
    const how = { seed, variant: "random-order, uniform" };
    const texts = (await designs(plan, 4, 4000, how, even)).map(({ text }) => text);
    expect([...new Set(texts)].sort(), `seed ${seed}`).toEqual(all.sort());
    sets++;
    if (sets === 5) break;
  }
});
