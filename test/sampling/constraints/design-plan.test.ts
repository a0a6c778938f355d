/** Rows under random rules, against every sequence that keeps them. */

import { describe, expect, it } from "vitest";
import { designViolations } from "../../../src/sampling/constraints/check-design.ts";
import { type DesignPlan, designPlan } from "../../../src/sampling/constraints/design-plan.ts";
import type { DesignRow } from "../../../src/sampling/constraints/design-row.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { xorshift32 } from "../../support/random-ids.ts";
import { designRules, feasible, keeper, type RandomRules, randomRules } from "./brute-force.ts";

const BASES = "ACGT";

const ids = (text: string): Uint8Array => encodeBases(new TextEncoder().encode(text)).ids;

/** The bases at a position over texts, as a set. */
function basesAt(texts: readonly string[], position: number): number {
  return texts.reduce((set, text) => set | (1 << BASES.indexOf(text[position] as string)), 0);
}

/** A row beside the texts that are still possible. */
class Walk {
  readonly #all: readonly string[];
  readonly #row: DesignRow;
  readonly #shown: (string | undefined)[];
  possible: readonly string[];

  constructor(all: readonly string[], row: DesignRow) {
    this.#all = all;
    this.#row = row;
    this.#shown = Array.from(all[0] as string, () => undefined);
    this.possible = all;
  }

  masked(): number[] {
    return [...this.#shown.keys()].filter((i) => this.#shown[i] === undefined);
  }

  shown(): number[] {
    return [...this.#shown.keys()].filter((i) => this.#shown[i] !== undefined);
  }

  reveal(position: number, base: number): void {
    this.#shown[position] = BASES[base] as string;
    this.possible = this.possible.filter((text) => text[position] === BASES[base]);
    this.#row.reveal(position, base);
  }

  conceal(position: number): void {
    this.#shown[position] = undefined;
    const pattern = new RegExp(this.#shown.map((base) => base ?? ".").join(""));
    this.possible = this.#all.filter((text) => pattern.test(text));
    this.#row.conceal(position);
  }
}

/** Calls `visit` at every state of a row that is filled and partly masked again by chance. */
function wander(
  seed: number,
  all: readonly string[],
  row: DesignRow,
  visit: (walk: Walk) => void,
): void {
  const next = xorshift32(seed + 1_000_000);
  const walk = new Walk(all, row);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  for (let step = 0; step < 3 * (all[0] as string).length; step++) {
    visit(walk);
    const [masked, shown] = [walk.masked(), walk.shown()];
    if (masked.length === 0 || (shown.length > 0 && next() < 0.3)) {
      walk.conceal(pick(shown));
      continue;
    }
    const position = pick(masked);
    walk.reveal(position, BASES.indexOf(pick(walk.possible)[position] as string));
  }
}

interface Case {
  readonly seed: number;
  readonly plan: DesignPlan;
  readonly all: readonly string[];
}

/** Random rules that have a solution, with their plans; those without are asked for what the plan says of them. */
function* cases(
  count: number,
  kind: RandomRules,
  isInfeasible: (plan: unknown) => void,
): Generator<Case> {
  for (let seed = 1; seed <= count; seed++) {
    const text = randomRules(seed, kind);
    const all = feasible(text);
    const plan = designPlan(designRules(text));
    if (all.length === 0) isInfeasible(plan);
    else if ("places" in plan)
      throw new Error(`seed ${seed}: refused though ${all[0]} is possible`);
    else yield { seed, plan, all };
  }
}

describe.each([
  ["forbidden words", { length: 6, words: 3, gc: "none" }, 120],
  ["many forbidden words", { length: 5, words: 9, gc: "none" }, 120],
  ["ranges of G and C in windows", { length: 6, words: 0, gc: "windows" }, 120],
  ["forbidden words and a range of G and C over all", { length: 6, words: 3, gc: "whole" }, 120],
] as const)("rows under %s", (_, kind, count) => {
  it("allow exactly the bases with which the rest can be filled, at every state, after any change", () => {
    let feasibleCases = 0;
    let infeasibleCases = 0;
    const expectRefused = (plan: unknown): void => {
      infeasibleCases++;
      const isSeen = "places" in (plan as object) || (plan as DesignPlan).row().isBroken;
      expect(isSeen).toBe(true);
    };
    for (const { seed, plan, all } of cases(count, kind, expectRefused)) {
      feasibleCases++;
      expect(plan.isExact).toBe(true);
      const row = plan.row();
      wander(seed, all, row, (walk) => {
        const possible = walk.possible;
        expect(row.isBroken).toBe(false);
        for (const position of walk.masked()) {
          const [allowed, exact] = [row.allowed(position), basesAt(possible, position)];
          if (allowed !== exact) expect(allowed, `seed ${seed}, position ${position}`).toBe(exact);
        }
      });
    }
    expect(feasibleCases).toBeGreaterThan(30);
    expect(infeasibleCases).toBeGreaterThan(5);
  });
});

describe("rows under forbidden words and windows of G and C", () => {
  const kind = { length: 6, words: 2, gc: "windows" } as const;

  it("never exclude what is possible, and know a row that is filled for what it is", () => {
    let isMore = 0;
    let states = 0;
    for (const { seed, plan, all } of cases(200, kind, () => {})) {
      const row = plan.row();
      wander(seed, all, row, (walk) => {
        const possible = walk.possible;
        expect(row.isBroken).toBe(false);
        for (const position of walk.masked()) {
          const [allowed, exact] = [row.allowed(position), basesAt(possible, position)];
          if ((exact & ~allowed) !== 0)
            expect(allowed & exact, `seed ${seed}, position ${position}`).toBe(exact);
          states++;
          if (allowed !== exact) isMore++;
        }
      });
    }
    expect(states).toBeGreaterThan(1000);
    expect(isMore / states).toBeLessThan(0.02);
  });
});

describe("designViolations", () => {
  it("agrees with regular expressions on every sequence", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const text = randomRules(seed, { length: 4, words: 2, gc: "windows" });
      const rules = designRules(text);
      const keeps = keeper(text);
      const every = { letters: "NNNN", words: [], gc: [] };
      for (const sequence of feasible(every)) {
        const violations = designViolations(rules, ids(sequence));
        if ((violations.length === 0) !== keeps(sequence))
          expect.fail(`seed ${seed}, ${sequence}: ${violations}`);
      }
    }
  });
});
