/** From texts to designs, and what is said where none is possible. */

import { describe, expect, test } from "vitest";
import type { ConstraintInputs } from "../../../../pipelines/generate/constraints/constraint-inputs.ts";
import { describeConstraints } from "../../../../pipelines/generate/constraints/describe-constraints.ts";
import { planDesign, type Template } from "../../../../pipelines/generate/constraints/design.ts";
import { fillDesigns } from "../../../../pipelines/generate/constraints/fill-designs.ts";
import type { Constraints } from "../../../../pipelines/generate/constraints/options.ts";
import { ConfigError, SamplingError } from "../../../../src/errors.ts";
import { addressedRandom } from "../../../../src/random/addressed.ts";
import { MASK_ID } from "../../../../src/tokens/alphabet.ts";
import { lettersOfSets, setsOfLetters } from "../../../../src/tokens/iupac.ts";

const M = MASK_ID;
const random = addressedRandom(1, "motifPlace");

const inputs = (asked: Constraints, more: Partial<ConstraintInputs> = {}): ConstraintInputs => ({
  ...{ asked, tries: 3, matrices: [], potentials: [], files: {} },
  ...more,
});

/** A template of letters, N free; sets from a second text. */
function template(letters: string, iupac?: string, id?: string): Template {
  const ids = Uint8Array.from(letters, (letter) => (letter === "N" ? M : "ACGT".indexOf(letter)));
  return {
    ids,
    ...(iupac === undefined ? {} : { sets: setsOfLetters(iupac) as Uint8Array }),
    ...(id === undefined ? {} : { id }),
  };
}

const shown = (ids: Uint8Array): string => Array.from(ids, (id) => "ACGT?N"[id]).join("");

describe("planDesign", () => {
  test("lays flanks, motifs, kept bases and letters together, and keeps what is left with one base", () => {
    const asked = { flank5: "AS", flank3: "TT", insert: ["GGR@4"] };
    const design = planDesign(template("NNNNNNNCNNNN", "NCNNNNNNWWNN"), inputs(asked));
    const start = design.begin(random, 0);
    expect(lettersOfSets(start.rules.sets)).toBe("ACNGGRNCWWTT");
    expect(shown(start.ids)).toBe("ACNGGNNCNNTT");
    expect([design.free, start.inserts]).toEqual([5, []]);
  });

  test("draws the place of a motif for each sequence, and says where it stands", () => {
    const design = planDesign(template("N".repeat(12)), inputs({ insert: ["GGG@5~3", "T@1"] }));
    const places = new Set<string>();
    for (let address = 0; address < 100; address++) {
      const { rules, ids, inserts } = design.begin(random, address);
      const [, start] = /^GGG@(\d+)$/.exec(inserts.join()) ?? [];
      const letters = lettersOfSets(rules.sets);
      expect(letters.slice(Number(start) - 1).startsWith("GGG")).toBe(true);
      expect(shown(ids)).toBe(letters);
      places.add(start as string);
    }
    expect([...places].sort()).toEqual(["2", "3", "4", "5", "6", "7", "8"]);
  });

  test("knows the rules that each text asks for", () => {
    const asked: Constraints = {
      ...{ forbid: ["BsaI", "GATC"], maxHomopolymer: 2, noStops: ["4-12:2"] },
      ...{ gc: "0.4-0.6", gcWindow: "10:0.3-0.7" },
    };
    const { rules } = planDesign(template("N".repeat(20)), inputs(asked)).begin(random, 0);
    expect(rules.words.map(({ name }) => name)).toEqual([
      ...["BsaI (GGTCTC)", "BsaI (GGTCTC) on the other strand", "GATC"],
      ...["3 A in a row", "3 C in a row", "3 G in a row", "3 T in a row"],
      ...["TAA", "TAG", "TGA"].map((stop) => `stop codon ${stop} in frame 2 of 4-12`),
    ]);
    expect(rules.gc).toEqual([
      { window: 20, least: 8, most: 12 },
      { window: 10, least: 3, most: 7 },
    ]);
    const whole = planDesign(
      template("N".repeat(20)),
      inputs({ noStops: ["-1"], gc: "0-1", gcWindow: "20" }),
    );
    const { words, gc } = whole.begin(random, 0).rules;
    expect([words[0]?.places, gc.length]).toEqual([{ from: 2, to: 20, step: 3 }, 1]);
  });

  test.each<[string, Template, Constraints, string]>([
    [
      "kept bases that are a forbidden site",
      template("NNGAATTCNN", undefined, "p1"),
      { forbid: ["EcoRI"] },
      "record p1: no sequence keeps the constraints: positions 3-8 (GAATTC) always hold EcoRI (GAATTC)",
    ],
    [
      "a flank on other bases",
      template("NTNNN", undefined, "p1"),
      { flank5: "AC" },
      "record p1: position 2: --flank5 AC wants C, where the prompt wants T",
    ],
    [
      "a motif on a flank",
      template("NNNNN"),
      { flank3: "AC", insert: ["GG@3"] },
      "position 4: --insert GG@3 wants G, where --flank3 AC wants A",
    ],
    [
      "a flank longer than all",
      template("NNN"),
      { flank3: "ACGT" },
      "expected --flank3 ACGT of at most the 3 bases of the sequence, got 4",
    ],
    [
      "a motif beyond the end",
      template("NNNNN"),
      { insert: ["ACG@9~2"] },
      "expected --insert ACG@9~2 within 5 bases, got no place for it",
    ],
    [
      "motifs that have no room",
      template("NNNNNN"),
      { insert: ["ACGT@2~1", "TTT@2~1"] },
      "no sequence keeps the constraints: found no places beside each other for ACGT (from 1 to 3), TTT (from 1 to 3)",
    ],
    [
      "a motif that is a forbidden site wherever it stands",
      template("N".repeat(20)),
      { insert: ["TTT@2~1", "GAATTC@9~3"], forbid: ["EcoRI"] },
      "no sequence keeps the constraints: GAATTC (from 6 to 12) fits nowhere: at 6, positions 6-11 (GAATTC) always hold EcoRI (GAATTC)",
    ],
    [
      "a motif among kept bases",
      template("NNCCCCNN"),
      { insert: ["AGG@4~1"] },
      "no sequence keeps the constraints: AGG (from 3 to 5) fits nowhere: at 3, position 3 would be A, where it has to be C",
    ],
    [
      "a region beyond the end",
      template("NNNNN"),
      { noStops: ["1-6:1"] },
      "expected --no-stops 1-6:1 within 5 bases, got a region that ends at 6",
    ],
    [
      "a share that no number of bases has",
      template("NNNNN"),
      { gc: "0.5-0.55" },
      "expected --gc 0.5-0.55 to be the share of some number of G and C among 5 bases: 2 are 0.4, 3 are 0.6",
    ],
    [
      "a window longer than all",
      template("NNNNN"),
      { gcWindow: "6:0.1-0.9" },
      "expected --gc-window of at most the 5 bases of the sequence, got 6",
    ],
    [
      "nothing to fill",
      template("NNN"),
      { flank5: "ACG" },
      "expected positions to fill, got none that are free",
    ],
  ])("refuses %s", (_, one, asked, message) => {
    expect(() => planDesign(one, inputs(asked))).toThrow(new ConfigError(message));
  });

  test("says so where chance finds no places that there are", () => {
    // Ten motifs of six bases fill the sixty: in few of all orders, and only without a gap.
    const insert = Array.from("ACGTACGTAC", (base, i) => `${base}${"RYSWKMBDHV"[i]}NNNN@28~27`);
    const crowded = planDesign(template("N".repeat(60)), inputs({ insert }));
    expect(() => crowded.begin(random, 0)).toThrow(
      new SamplingError(
        "expected places for ARNNNN, CYNNNN, GSNNNN, TWNNNN and 6 more by chance, found none: --insert with more room after ~ helps",
      ),
    );
  });

  test("refuses a matrix beyond the end", () => {
    const matrix = { probabilities: new Float64Array(12).fill(0.25), sites: 20 };
    const placed = inputs({}, { matrices: [{ matrix, start: 3, weight: 1 }] });
    expect(() => planDesign(template("NNNNN"), placed)).toThrow(
      new ConfigError("expected --pwm within 5 bases, got a matrix at 4-6"),
    );
    expect(planDesign(template("NNNNNN"), placed).prior).toHaveLength(24);
  });
});

describe("fillDesigns", () => {
  /** Words and windows together: a plan that is not exact. */
  const loose = inputs({ forbid: ["GATC"], gc: "0.4-0.6", gcWindow: "4:0.2-0.8" });
  const design = planDesign(template("NNNNNNNN"), loose);
  const ids = (text: string): Uint8Array => Uint8Array.from(text, (base) => "ACGT".indexOf(base));

  test("makes what broke a constraint anew, from draws of its own, and nothing else", async () => {
    expect(design.plan.isExact).toBe(false);
    const asked: number[][] = [];
    const filled = await fillDesigns(
      design,
      [5, 6, 7],
      async (rows) => {
        asked.push(rows.map(({ address }) => address));
        const good = ids("ACTGACTG");
        return rows.map(({ address }) =>
          address === 6 || address === 6 + 2 ** 32 ? ids("AGATCACA") : good,
        );
      },
      random,
    );
    expect(asked).toEqual([[5, 6, 7], [6 + 2 ** 32], [6 + 2 ** 33]]);
    expect(filled.map(({ redraws }) => redraws)).toEqual([0, 2, 0]);
    expect(filled.map((one) => shown(one.ids))).toEqual(["ACTGACTG", "ACTGACTG", "ACTGACTG"]);
  });

  test("says what a sequence broke that broke something in every try", async () => {
    const running = fillDesigns(
      design,
      [0],
      async (rows) => rows.map(() => ids("GGATCGGG")),
      random,
    );
    await expect(running).rejects.toEqual(
      new SamplingError(
        "expected sequence 1 to keep the constraints, but it broke them in 3 tries, the last by " +
          "GATC at 2-5, 6 G and C at 1-8, where 4 to 4 are asked for, 4 G and C at 5-8, where 1 to 3 are asked for: " +
          "wider ranges of G and C, fewer forbidden sites or --set constraints.tries help",
      ),
    );
  });

  test("takes a sequence of an exact plan that breaks a rule for a mistake of gdiff", async () => {
    const exact = planDesign(template("NNNNNNNN"), inputs({ forbid: ["GATC"] }));
    const running = fillDesigns(exact, [0], async () => [ids("GGATCGGG")], random);
    await expect(running).rejects.toThrow(RangeError);
  });
});

test("a header spells out a few of each constraint, without blanks; the whole is JSON", () => {
  const asked: Constraints = {
    forbid: ["EcoRI", "BamHI", "XhoI", "NotI", "SalI", "GATC"],
    maxHomopolymer: 6,
    iupac: "my letters.fa",
  };
  expect(describeConstraints(inputs(asked, { files: { "my letters.fa": "ab" } }))).toEqual({
    named: "forbid(EcoRI,BamHI,XhoI,NotI,+2)+max-homopolymer(6)+iupac(my_letters.fa)",
    whole: JSON.stringify({ ...asked, files: { "my letters.fa": "ab" } }),
  });
});
