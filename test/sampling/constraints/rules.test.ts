/** What each kind of request forbids, by the sequences that are left. */

import { describe, expect, it } from "vitest";
import { designViolations } from "../../../src/sampling/constraints/check-design.ts";
import type { DesignRules } from "../../../src/sampling/constraints/design-rules.ts";
import {
  forbiddenSite,
  homopolymerLimit,
} from "../../../src/sampling/constraints/forbidden-words.ts";
import { gcRange } from "../../../src/sampling/constraints/gc-range.ts";
import { FRAMES, withoutStops } from "../../../src/sampling/constraints/reading-frame.ts";
import {
  findEnzyme,
  nearestEnzyme,
  restrictionSites,
} from "../../../src/sampling/constraints/restriction-enzymes.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { reverseComplementSets, setsOfLetters } from "../../../src/tokens/iupac.ts";
import { randomIds } from "../../support/random-ids.ts";

const ids = (text: string): Uint8Array => encodeBases(new TextEncoder().encode(text)).ids;
const sets = (text: string): Uint8Array => setsOfLetters(text) as Uint8Array;
const text = (bases: Uint8Array): string => Array.from(bases, (id) => "ACGT"[id]).join("");

function violations(sequence: string, rules: Partial<DesignRules>): string[] {
  const { length } = sequence;
  const free = new Uint8Array(length).fill(15);
  return designViolations({ length, sets: free, words: [], gc: [], ...rules }, ids(sequence));
}

describe("forbiddenSite", () => {
  it("forbids a word and its reverse complement, once where they are one", () => {
    expect(forbiddenSite("BsaI (GGTCTC)", sets("GGTCTC"), 20)).toHaveLength(2);
    expect(forbiddenSite("EcoRI (GAATTC)", sets("GAATTC"), 20)).toHaveLength(1);
    const words = forbiddenSite("BsaI (GGTCTC)", sets("GGTCTC"), 20);
    expect(violations("ACGGTCTCAACCGAGACCTT", { words })).toEqual([
      "BsaI (GGTCTC) at 3-8",
      "BsaI (GGTCTC) on the other strand at 13-18",
    ]);
  });

  it("reads ambiguous letters", () => {
    const words = forbiddenSite("BstEII (GGTNACC)", sets("GGTNACC"), 16);
    expect(violations("GGTAACCAGGTTACCC", { words })).toEqual([
      "BstEII (GGTNACC) at 1-7",
      "BstEII (GGTNACC) at 9-15",
    ]);
  });
});

describe("homopolymerLimit", () => {
  it("allows runs up to the limit", () => {
    const words = homopolymerLimit(3, 10);
    expect(violations("AAACCCGGGT", { words })).toEqual([]);
    expect(violations("AAACCCCGGT", { words })).toEqual(["4 C in a row at 4-7"]);
    expect(violations("TTTTTACGAC", { words })).toEqual([
      "4 T in a row at 1-4",
      "4 T in a row at 2-5",
    ]);
  });
});

describe("withoutStops", () => {
  const complement: Record<string, string> = { A: "T", C: "G", G: "C", T: "A" };
  const other = (bases: string): string =>
    Array.from(bases, (base) => complement[base])
      .reverse()
      .join("");

  it("finds a stop where translating the frame does, on both strands and in any region", () => {
    let found = 0;
    for (let seed = 1; seed <= 120; seed++) {
      const sequence = text(randomIds(17, seed));
      const [start, end] = [seed % 5, 17 - (seed % 4)];
      for (const frame of FRAMES) {
        const region = sequence.slice(start, end);
        const read = (frame > 0 ? region : other(region)).slice(Math.abs(frame) - 1);
        const codons = read.match(/.{3}/g) ?? [];
        const stops = codons.filter((codon) => ["TAA", "TAG", "TGA"].includes(codon)).length;
        const words = withoutStops({ start, end, frame });
        expect(violations(sequence, { words }), `${sequence} ${start} ${frame}`).toHaveLength(
          stops,
        );
        found += stops;
      }
    }
    expect(found).toBeGreaterThan(20);
  });

  it("says which codon stands where", () => {
    const stops = (frame: (typeof FRAMES)[number]): string[] =>
      violations("ACATAACCTCAG", { words: withoutStops({ start: 2, end: 11, frame }) });
    expect(stops(1)).toEqual([]);
    expect(stops(2)).toEqual(["stop codon TAA in frame 2 of 3-11 at 4-6"]);
    expect(stops(-2)).toEqual([]);
    expect(stops(-1)).toEqual(["stop codon TGA in frame -1 of 3-11 at 9-11"]);
  });
});

describe("gcRange", () => {
  it.each([
    [50, 0.4, 0.6, 20, 30],
    [100, 0.29, 0.29, 29, 29],
    [10, 0.55, 0.7, 6, 7],
    [20, 0.55, 0.55, 11, 11],
    [7, 0, 1, 0, 7],
  ])("of %i bases from %d to %d is %i to %i", (window, least, most, lowest, highest) => {
    expect(gcRange(window, least, most)).toEqual({ window, least: lowest, most: highest });
  });

  it("is nothing where no whole number lies in it", () => {
    expect(gcRange(10, 0.41, 0.44)).toBeUndefined();
  });
});

describe("restrictionSites", () => {
  it("gives each name once, in codes of DNA", () => {
    const sites = restrictionSites();
    expect(sites.size).toBeGreaterThan(130);
    for (const [name, site] of sites) {
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]+I*V?I*$/);
      expect(setsOfLetters(site), name).toBeDefined();
    }
  });

  it("finds a name in any case, and the nearest to a mistyped one", () => {
    expect(findEnzyme("ecori")).toEqual({ name: "EcoRI", site: "GAATTC" });
    expect(findEnzyme("EcoR")).toBeUndefined();
    expect(nearestEnzyme("EcoRl")).toBe("EcoRI");
    expect(nearestEnzyme("something")).toBeUndefined();
  });

  it("has palindromes but for the enzymes that cut beside their site", () => {
    const oneSided = [...restrictionSites()].filter(
      ([, site]) => reverseComplementSets(sets(site)).join() !== sets(site).join(),
    );
    expect(oneSided.map(([name]) => name).sort()).toEqual(
      [
        ...["AarI", "BbsI", "BciVI", "BfuAI", "BpiI", "BpmI", "BsaI", "BseRI", "BsgI", "BsmBI"],
        ...["BsmFI", "BspMI", "BspQI", "BsrDI", "BtgZI", "BtsI", "EarI", "Eco31I", "Esp3I", "FokI"],
        ...["LguI", "MlyI", "MmeI", "PaqCI", "PleI", "SapI"],
      ].sort(),
    );
  });
});
