/** ASCII bases to token ids and back; the letter's case becomes the parallel soft-mask track. */

import { LETTERS, N_ID } from "./alphabet.ts";

const CASE_BIT = 0x20;
const NOT_A_BASE = 255;

/** Token id of each ASCII byte, 255 where the byte is none of ACGTNacgtn. */
const ID_OF_BYTE: Uint8Array = /* @__PURE__ */ makeTable();

function makeTable(): Uint8Array {
  const table = new Uint8Array(256).fill(NOT_A_BASE);
  for (let id = 0; id <= N_ID; id++) {
    const upper = (LETTERS[id] as string).charCodeAt(0);
    table[upper] = id;
    table[upper | CASE_BIT] = id;
  }
  return table;
}

/** Token ids and soft-mask track of one stretch of sequence; both have one element a base. */
export interface EncodedBases {
  /** A0 C1 G2 T3 N4 */
  readonly ids: Uint8Array;
  /** 1 where the letter was lower case, else 0 */
  readonly isSoftMasked: Uint8Array;
}

/**
 * Encodes ASCII bases as a genome reader returns them: A C G T N in either case.
 *
 * @throws {RangeError} on any other byte, which a genome reader refuses first, with file and line
 */
export function encodeBases(bases: Uint8Array): EncodedBases {
  const ids = new Uint8Array(bases.length);
  const isSoftMasked = new Uint8Array(bases.length);
  for (let i = 0; i < bases.length; i++) {
    const byte = bases[i] as number;
    const id = ID_OF_BYTE[byte] as number;
    if (id === NOT_A_BASE) {
      throw new RangeError(`internal: expected one of ACGTNacgtn at base ${i}, got byte ${byte}`);
    }
    ids[i] = id;
    isSoftMasked[i] = (byte & CASE_BIT) >>> 5;
  }
  return { ids, isSoftMasked };
}

/** Text of token ids 0 … 4. */
export function decodeIds(ids: Uint8Array): string {
  let text = "";
  for (const id of ids) {
    const letter = id <= N_ID ? LETTERS[id] : undefined;
    if (letter === undefined) throw new RangeError(`internal: expected token ids 0 … 4, got ${id}`);
    text += letter;
  }
  return text;
}
