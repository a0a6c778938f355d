/** Motifs and letters for tests. */

import type { Motif } from "../../../src/compare/motifs/motif.ts";
import { consensusProbabilities } from "../../../src/compare/motifs/parse-consensus-set.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";

export const UNIFORM: Float64Array = new Float64Array(4).fill(0.25);

export function encode(text: string): Uint8Array {
  return encodeBases(new TextEncoder().encode(text)).ids;
}

/** The other strand. */
export function flipped(text: string): string {
  const other: Readonly<Record<string, string>> = { A: "T", C: "G", G: "C", T: "A" };
  return [...text]
    .reverse()
    .map((letter) => other[letter] ?? letter)
    .join("");
}

export function consensus(text: string): Motif {
  return { name: text, probabilities: consensusProbabilities(text), sites: 20 };
}
