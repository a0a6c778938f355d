import { describe, expect, test } from "vitest";
import { dealArms } from "../../../src/compare/arms.ts";
import { compareMotifs } from "../../../src/compare/motifs/compare-motifs.ts";
import { decodeIds } from "../../../src/tokens/encode.ts";
import { randomIds, xorshift32 } from "../../support/random-ids.ts";
import { consensus, encode, flipped, UNIFORM } from "./motif-fixture.ts";

describe("rates of sets", () => {
  const planted = (count: number, seed: number, share: number): Uint8Array[] => {
    const next = xorshift32(seed);
    return Array.from({ length: count }, (_, i) => {
      const ids = randomIds(200, seed + 31 * i);
      if (next() < share) ids.set(encode("TATAAAAG"), Math.floor(180 * next()));
      return ids;
    });
  };
  const set = {
    motifs: [consensus("TATAWAAR"), consensus("RRCCAATSR"), consensus("KRGGCGKRRY")],
    background: UNIFORM,
  };
  const arms = dealArms(planted(120, 1, 0), planted(240, 2, 0.8), 1);
  const { result, motifs } = compareMotifs(arms, set, 1e-4, { seed: 1, replicates: 200 });

  test("are places a kilobase, by text", () => {
    const texts = arms.real.map(decodeIds);
    const places = texts.reduce((sum, text) => {
      let here = 0;
      for (let i = 0; i + 8 <= text.length; i++) {
        const word = text.slice(i, i + 8);
        if (/^TATA[AT]AA[AG]$/.test(word) || /^TATA[AT]AA[AG]$/.test(flipped(word))) here++;
      }
      return sum + here;
    }, 0);
    expect(result.details[0]?.real.value).toBeCloseTo(places / (texts.length * 0.2), 12);
  });

  test("a motif that is missing is seen, the others are alike", () => {
    const [tata, ccaat, gc] = result.details;
    expect(tata?.difference.interval?.high).toBeLessThan(0);
    for (const other of [ccaat, gc]) {
      const { value = 9, standardError = 0 } = other?.difference ?? {};
      expect(Math.abs(value)).toBeLessThan(3.3 * standardError); // once in 1,000
    }
    expect(motifs.map(({ name, width }) => [name, width])).toEqual([
      ["TATAWAAR", 8],
      ["RRCCAATSR", 9],
      ["KRGGCGKRRY", 10],
    ]);
    expect(motifs[0]?.pValue).toBeCloseTo(4 / 4 ** 8, 14);
  });

  test("rates whose order is turned round correlate less, and so do their ranks", () => {
    const words = ["TATAAAAG", "AGCCAATCG", "TGGGCGGGGC", "ACTTCCGGT"];
    const rates = [0.6, 0.52, 0.3, 0.24]; // so near that ranks change from draw to draw
    const ordered = (count: number, seed: number, shares: readonly number[]): Uint8Array[] => {
      const next = xorshift32(seed);
      return Array.from({ length: count }, (_, i) => {
        const ids = randomIds(200, seed + 31 * i);
        for (const [at, word] of words.entries())
          if (next() < (shares[at] as number))
            ids.set(encode(word), 45 * at + Math.floor(30 * next()));
        return ids;
      });
    };
    const motifs = words.map(consensus);
    const turned = dealArms(ordered(120, 5, rates.toReversed()), ordered(240, 6, rates), 1);
    const { result } = compareMotifs(turned, { motifs, background: UNIFORM }, 1e-4, {
      seed: 1,
      replicates: 200,
    });
    for (const { name, generated, real, difference } of result.figures) {
      expect(real.value, name).toBeGreaterThan(0.5);
      expect(generated.value, name).toBeLessThan(-0.3);
      expect(difference.interval?.high, name).toBeLessThan(0);
    }
  });

  test("of two motifs there is no correlation; of short ones a note", () => {
    const two = { motifs: [consensus("YYANWYY"), consensus("TATAWAAR")], background: UNIFORM };
    const { result: small } = compareMotifs(arms, two, 1e-4, { seed: 1, replicates: 2 });
    expect(small.figures.map(({ generated }) => generated.value)).toEqual([undefined, undefined]);
    expect(small.notes).toEqual([
      "One motif is so short that even the best word is likelier than 0.0001 by chance: of these a hit is a word of the best score.",
    ]);
  });
});
