/** K-mers of sequences as text, one strand and the other written out. */

import { LETTERS } from "../../src/tokens/alphabet.ts";

const COMPLEMENTS: Readonly<Record<string, string>> = { A: "T", C: "G", G: "C", T: "A", N: "N" };

/** The other strand of a text. */
function otherStrand(text: string): string {
  return [...text]
    .reverse()
    .map((letter) => COMPLEMENTS[letter])
    .join("");
}

/** The distinct k-mers without an N of token ids, of a k-mer and its reverse complement the lesser. */
export function naiveKmers(ids: Uint8Array, length: number): Set<string> {
  const text = naiveText(ids);
  const kmers = new Set<string>();
  for (let start = 0; start + length <= text.length; start++) {
    const kmer = text.slice(start, start + length);
    const other = otherStrand(kmer);
    if (!kmer.includes("N")) kmers.add([kmer, other].sort()[0] as string);
  }
  return kmers;
}

/** Whether two sequences are equal, or one is the reverse complement of the other. */
export function isEqualOnAStrand(a: Uint8Array, b: Uint8Array): boolean {
  return naiveText(a) === naiveText(b) || naiveText(a) === otherStrand(naiveText(b));
}

function naiveText(ids: Uint8Array): string {
  return [...ids].map((id) => LETTERS[id]).join("");
}
