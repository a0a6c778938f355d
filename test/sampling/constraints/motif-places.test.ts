import { describe, expect, it } from "vitest";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { type DesignPlan, designPlan } from "../../../src/sampling/constraints/design-plan.ts";
import { type Motif, MotifPlacer } from "../../../src/sampling/constraints/motif-places.ts";
import { lettersOfSets, setsOfLetters } from "../../../src/tokens/iupac.ts";
import { designRules, feasible, type TextRules } from "./brute-force.ts";

const random = addressedRandom(4, "motifPlace");
const motif = (letters: string, first: number, last: number): Motif => ({
  ...{ name: letters, first, last },
  sets: setsOfLetters(letters) as Uint8Array,
});

function placer(rules: TextRules, motifs: readonly Motif[]): MotifPlacer {
  const all = designRules(rules);
  return new MotifPlacer(designPlan(all) as DesignPlan, all.sets, motifs);
}

const with_ = (letters: string, words: readonly string[] = []): TextRules => ({
  letters,
  words: words.map((word) => ({ letters: word, from: 0, to: letters.length, step: 1 })),
  gc: [],
});

describe("MotifPlacer", () => {
  it("puts a motif uniformly at the starts that leave the rest possible", () => {
    const rules = with_("NNNNNGNN", ["TTG"]);
    const counts = new Map<number, number>();
    const one = placer(rules, [motif("ATT", 0, 5)]);
    for (let sample = 0; sample < 3000; sample++) {
      const { starts, sets } = one.place(random, sample) as NonNullable<
        ReturnType<typeof one.place>
      >;
      const start = starts[0] as number;
      counts.set(start, (counts.get(start) ?? 0) + 1);
      expect(lettersOfSets(sets).slice(start, start + 3)).toBe("ATT");
    }
    const possible = [0, 1, 2, 3, 4, 5].filter((start) => {
      const letters = Array.from(rules.letters, (letter, i) => {
        const own = "ATT"[i - start];
        return own === undefined ? letter : letter === "N" || letter === own ? own : "-";
      }).join("");
      return !letters.includes("-") && feasible({ ...rules, letters }).length > 0;
    });
    expect([...counts.keys()].sort()).toEqual(possible);
    // Standard error of a share of a half, of 3000: 0.009.
    for (const count of counts.values()) {
      expect(Math.abs(count / 3000 - 1 / possible.length)).toBeLessThan(0.045);
    }
  });

  it("finds places that leave room for the motifs after it, and none on another's positions", () => {
    const both = placer(with_("NNNNNN"), [motif("ACG", 0, 3), motif("GTT", 0, 3)]);
    const seen = new Set<string>();
    for (let sample = 0; sample < 50; sample++)
      seen.add(String(both.place(random, sample)?.starts));
    expect([...seen].sort()).toEqual(["0,3", "3,0"]);
    expect(placer(with_("NNNNN"), [motif("ACG", 0, 2), motif("GTT", 0, 2)]).place(random, 0)).toBe(
      undefined,
    );
  });

  it("gives a sample the same places whatever was placed before", () => {
    const motifs = [motif("TATA", 0, 20), motif("CCAAT", 10, 30)];
    const fresh = (sample: number) => placer(with_("N".repeat(40)), motifs).place(random, sample);
    const used = placer(with_("N".repeat(40)), motifs);
    for (const sample of [3, 1, 2]) expect(used.place(random, sample)).toEqual(fresh(sample));
  });
});
