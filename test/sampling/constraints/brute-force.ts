/**
 * Rules as text, and every sequence that keeps them, by trying all: regular expressions and string counts, nothing of
 * what src/sampling/constraints works with.
 */

import type { DesignRules } from "../../../src/sampling/constraints/design-rules.ts";
import { setsOfLetters } from "../../../src/tokens/iupac.ts";
import { xorshift32 } from "../../support/random-ids.ts";

export interface TextRules {
  /** IUPAC codes, one a position. */
  readonly letters: string;
  readonly words: readonly {
    readonly letters: string;
    readonly from: number;
    readonly to: number;
    readonly step: number;
  }[];
  readonly gc: readonly {
    readonly window: number;
    readonly least: number;
    readonly most: number;
  }[];
}

/** NC-IUB 1984, written out. */
const CLASSES: Readonly<Record<string, string>> = {
  ...{ A: "A", C: "C", G: "G", T: "T", R: "AG", Y: "CT", S: "CG", W: "AT", K: "GT", M: "AC" },
  ...{ B: "CGT", D: "AGT", H: "ACT", V: "ACG", N: "ACGT" },
};

function expression(letters: string): string {
  return Array.from(letters, (letter) => `[${CLASSES[letter]}]`).join("");
}

/** Says of a text of A, C, G and T whether it keeps the rules. */
export function keeper({ letters, words, gc }: TextRules): (text: string) => boolean {
  const whole = new RegExp(`^${expression(letters)}$`);
  const forbidden = words.flatMap(({ letters: word, from, to, step }) => {
    const starts: number[] = [];
    for (let start = from; start + word.length <= to; start += step) starts.push(start);
    // One expression a start: `^.{start}word`.
    return starts.map((start) => new RegExp(`^.{${start}}${expression(word)}`));
  });
  const isInRange = (text: string): boolean =>
    gc.every(({ window, least, most }) => {
      for (let start = 0; start + window <= text.length; start++) {
        const count = text.slice(start, start + window).replaceAll(/[AT]/g, "").length;
        if (count < least || count > most) return false;
      }
      return true;
    });
  return (text) => whole.test(text) && !forbidden.some((one) => one.test(text)) && isInRange(text);
}

/** Every sequence that keeps the rules, as text. */
export function feasible(rules: TextRules): string[] {
  let texts = [""];
  for (const letter of rules.letters) {
    texts = texts.flatMap((text) => Array.from(CLASSES[letter] as string, (base) => text + base));
  }
  return texts.filter(keeper(rules));
}

/** The same rules as the library takes them. */
export function designRules({ letters, words, gc }: TextRules): DesignRules {
  return {
    length: letters.length,
    sets: setsOfLetters(letters) as Uint8Array,
    words: words.map(({ letters: word, from, to, step }) => ({
      name: word,
      sets: setsOfLetters(word) as Uint8Array,
      places: { from, to, step },
    })),
    gc,
  };
}

export interface RandomRules {
  readonly length: number;
  readonly words: number;
  /** Which ranges of G and C there are. */
  readonly gc: "none" | "whole" | "windows";
}

/** Rules drawn by a seed; they may have no solution. */
export function randomRules(seed: number, { length, words, gc }: RandomRules): TextRules {
  const next = xorshift32(seed);
  const below = (bound: number): number => Math.floor(next() * bound);
  const pick = (text: string): string => text[below(text.length)] as string;
  const word = (): TextRules["words"][number] => {
    const size = 1 + below(4);
    const from = next() < 0.5 ? 0 : below(length);
    return {
      letters: Array.from({ length: size }, () => pick("ACGTACGTACGTRYSWKMBDHVN")).join(""),
      from,
      to: next() < 0.5 ? length : from + below(length - from + 1),
      step: next() < 0.5 ? 1 : 1 + below(3),
    };
  };
  const range = (window: number): TextRules["gc"][number] => {
    const least = below(window + 1);
    return { window, least, most: least + below(window - least + 1) };
  };
  const windows = gc === "none" ? [] : gc === "whole" ? [length] : [2 + below(length - 1)];
  if (gc === "windows" && next() < 0.5) windows.push(length);
  return {
    letters: Array.from({ length }, () => pick("NNNNNNACGTRYSWKMBDHV")).join(""),
    words: Array.from({ length: words }, word),
    gc: windows.map(range),
  };
}
