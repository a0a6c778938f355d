import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/errors.ts";
import { describeConflict } from "../../../src/sampling/constraints/conflict.ts";
import { designPlan } from "../../../src/sampling/constraints/design-plan.ts";
import type { DesignRules } from "../../../src/sampling/constraints/design-rules.ts";
import { feasiblePlan } from "../../../src/sampling/constraints/feasible-plan.ts";
import {
  forbiddenSite,
  homopolymerLimit,
} from "../../../src/sampling/constraints/forbidden-words.ts";
import { PositionSets } from "../../../src/sampling/constraints/position-sets.ts";
import { wordAutomaton } from "../../../src/sampling/constraints/word-automaton.ts";
import { setsOfLetters } from "../../../src/tokens/iupac.ts";
import { designRules, feasible, randomRules } from "./brute-force.ts";

const sets = (text: string): Uint8Array => setsOfLetters(text) as Uint8Array;

function conflict(letters: string, rules: Partial<DesignRules>): string | undefined {
  const { length } = letters;
  return describeConflict({ length, sets: sets(letters), words: [], gc: [], ...rules });
}

describe("describeConflict", () => {
  const site = (name: string, word: string, length: number) =>
    forbiddenSite(`${name} (${word})`, sets(word), length);

  it("names the positions at which kept bases make a forbidden word", () => {
    expect(conflict("NNNGAATTCNN", { words: site("EcoRI", "GAATTC", 11) })).toBe(
      "positions 4-9 (GAATTC) always hold EcoRI (GAATTC)",
    );
    expect(conflict("NNGGTRACCN", { words: site("BstEII", "GGTNACC", 10) })).toBe(
      "positions 3-9 (GGTRACC) always hold BstEII (GGTNACC)",
    );
    const words = homopolymerLimit(2, 9);
    expect(conflict("AAAAATTTT", { words })).toBe(
      "positions 1-3 (AAA) always hold 3 A in a row, positions 2-4 (AAA) always hold 3 A in a row, positions 3-5 (AAA) always hold 3 A in a row and 2 more",
    );
  });

  it("names the shortest stretch and the words that leave nothing there", () => {
    const words = ["GA", "GC", "GG", "GT", "CCCC", "TT"].flatMap((word) =>
      forbiddenSite(word, sets(word), 12).slice(0, 1),
    );
    expect(conflict("NNNNNGNNNNNN", { words })).toBe(
      "positions 6-7 (GN) cannot be filled under all of GA, GC, GG, GT",
    );
    expect(conflict("NNNNNSNNNNNN", { words: words.slice(0, 4) })).toBeUndefined();
  });

  it("speaks of one position as of one", () => {
    const words = ["A", "C", "G", "T"].flatMap((word) => site(word, word, 2).slice(0, 1));
    expect(conflict("NN", { words })).toBe(
      "position 1 (N) cannot be filled under all of A (A), C (C), G (G), T (T)",
    );
    expect(conflict("CN", { words: words.slice(1) })).toBe("position 1 (C) always holds C (C)");
  });

  it("names windows whose kept bases have too many G and C, or too few", () => {
    const gc = [{ window: 5, least: 1, most: 3 }];
    expect(conflict("NNGCGSNNN", { gc })).toBe(
      "positions 2-6 always hold at least 4 G and C, where 1 to 3 are asked for, positions 3-7 always hold at least 4 G and C, where 1 to 3 are asked for",
    );
    expect(conflict("NNATATWNN", { gc })).toBe(
      "positions 3-7 always hold at most 0 G and C, where 1 to 3 are asked for",
    );
  });

  it("names the ranges of G and C that exclude each other", () => {
    const gc = [
      { window: 3, least: 2, most: 3 },
      { window: 9, least: 0, most: 5 },
    ];
    expect(conflict("NNNNNNNNN", { gc })).toBe(
      "positions 1-9 (NNNNNNNNN) cannot be filled under all of 2 to 3 G and C in every 3 bases, 0 to 5 G and C in all 9 bases",
    );
  });

  it("names words and ranges that exclude each other, and leaves out those that do not matter", () => {
    const words = ["CC", "CG", "GC", "GG", "TATATA"].flatMap((word) =>
      forbiddenSite(word, sets(word), 8).slice(0, 1),
    );
    expect(conflict("NNNNNNNN", { words, gc: [{ window: 8, least: 5, most: 8 }] })).toBe(
      "positions 1-8 (NNNNNNNN) cannot be filled under all of CC, CG, GC, GG, 5 to 8 G and C in all 8 bases",
    );
  });

  it("finds a conflict wherever there is no sequence, and none where there is one", () => {
    const seeds = { possible: 0, impossible: 0 };
    for (const gc of ["none", "whole"] as const) {
      for (let seed = 1; seed <= 60; seed++) {
        const rules = randomRules(seed, { length: 5, words: 6, gc });
        const isPossible = feasible(rules).length > 0;
        const message = describeConflict(designRules(rules));
        expect(message === undefined, `seed ${seed}: ${message}`).toBe(isPossible);
        seeds[isPossible ? "possible" : "impossible"]++;
      }
    }
    expect(Math.min(seeds.possible, seeds.impossible)).toBeGreaterThan(10);
  });
});

describe("feasiblePlan", () => {
  it("refuses rules that no sequence keeps, and says why", () => {
    const rules = { length: 6, sets: sets("GAATTC"), words: [], gc: [] };
    expect(feasiblePlan(rules).isExact).toBe(true);
    const words = forbiddenSite("EcoRI (GAATTC)", sets("GAATTC"), 6);
    expect(() => feasiblePlan({ ...rules, words })).toThrow(
      new ConfigError(
        "no sequence keeps the constraints: positions 1-6 (GAATTC) always hold EcoRI (GAATTC)",
      ),
    );
  });
});

describe("PositionSets", () => {
  it("says who wants what where nothing is left", () => {
    const positions = new PositionSets(8);
    positions.narrow(0, sets("ACGT"), "--flank5 ACGT");
    positions.narrow(1, sets("SNN"), "--iupac a");
    expect([...positions.sets]).toEqual([...sets("ACGTNNNN")]);
    expect(() => positions.narrow(1, sets("NR"), "--insert NR@2")).not.toThrow();
    expect(() => positions.narrow(0, sets("NT"), "--insert NT@1")).toThrow(
      new ConfigError(
        "position 2: --insert NT@1 wants T, where --flank5 ACGT and --iupac a wants C",
      ),
    );
  });

  it("refuses what does not lie within", () => {
    expect(() => new PositionSets(8).narrow(6, sets("ACG"), "--flank3 ACG")).toThrow(
      new ConfigError("expected --flank3 ACG within positions 1-8, got 7-9"),
    );
    expect(() => new PositionSets(2).narrow(-1, sets("ACG"), "--flank3 ACG")).toThrow(
      new ConfigError("expected --flank3 ACG of at most the 2 bases of the sequence, got 3"),
    );
  });
});

describe("wordAutomaton", () => {
  it("has the states of Aho and Corasick: the prefixes of its words", () => {
    const words = ["ACGT", "CGA", "GTT", "ACC"];
    const prefixes = new Set(
      words.flatMap((word) => [...word].map((_, i) => word.slice(0, i + 1))),
    );
    expect(wordAutomaton(words.map(sets)).states).toBe(prefixes.size + 1);
  });

  it("knows at each base which words end there", () => {
    const words = ["ACG", "CG", "GNA", "RYR"];
    const { next, ends } = wordAutomaton(words.map(sets));
    const sequence = "ACGAACGTACGCATGCGCACGGA";
    let state = 0;
    for (let i = 0; i < sequence.length; i++) {
      state = next[4 * state + "ACGT".indexOf(sequence[i] as string)] as number;
      const expected = words.flatMap((word, number) => {
        const pattern = word.replaceAll("N", ".").replaceAll("R", "[AG]").replaceAll("Y", "[CT]");
        return new RegExp(`${pattern}$`).test(sequence.slice(0, i + 1)) ? [number] : [];
      });
      expect(ends[state]).toEqual(expected);
    }
  });

  it("needs no expansion of ambiguous letters, and refuses words that need too many states", () => {
    expect(wordAutomaton([sets("GGCCNNNNNGGCC")]).states).toBeLessThan(60);
    const many = Array.from({ length: 40 }, (_, i) => sets(`R${"N".repeat(14)}${"ACGT"[i % 4]}`));
    expect(() =>
      designPlan({
        length: 100,
        sets: sets("N".repeat(100)),
        words: many.flatMap((word, i) => forbiddenSite(`word ${i}`, word, 100)),
        gc: [],
      }),
    ).toThrow(
      new ConfigError(
        "expected forbidden words that 8,192 states tell apart, got 8 words that need more: fewer words, or fewer ambiguous letters in them",
      ),
    );
  });
});
