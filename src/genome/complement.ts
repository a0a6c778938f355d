/** Complement of ASCII bases: every IUPAC code of DNA, in both cases; anything else is refused. */

import { describeBadBase } from "./nucleotide.ts";

const PAIRS = ["AT", "CG", "RY", "KM", "BV", "DH", "SS", "WW", "NN"] as const;
const CASE_BIT = 0x20;

/** Complement of each byte, 0 where it is no code. */
const COMPLEMENT: Uint8Array = /* @__PURE__ */ makeTable();

function makeTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (const pair of PAIRS) {
    const [a, b] = [pair.charCodeAt(0), pair.charCodeAt(1)];
    for (const bit of [0, CASE_BIT]) {
      table[a | bit] = b | bit;
      table[b | bit] = a | bit;
    }
  }
  return table;
}

/**
 * Returns the reverse complement of ASCII bases, as a copy.
 *
 * @throws {RangeError} on a byte that is no IUPAC code of DNA; a genome's reads hold none
 */
export function reverseComplement(bases: Uint8Array): Uint8Array {
  const out = new Uint8Array(bases.length);
  for (let i = 0; i < bases.length; i++) {
    const byte = bases[i] as number;
    const complement = COMPLEMENT[byte] as number;
    if (complement === 0) throw new RangeError(`base ${i}: ${describeBadBase(byte)}`);
    out[bases.length - 1 - i] = complement;
  }
  return out;
}
