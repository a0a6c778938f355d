/** ASCII bases to token ids and back; the letter's case becomes the parallel soft-mask track. */

import type { ByteLoops } from "../genome/byte-loops.ts";
import { plainByteLoops } from "../genome/plain-byte-loops.ts";
import { LETTERS, N_ID } from "./alphabet.ts";

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
export function encodeBases(
  bases: Uint8Array,
  loops: Pick<ByteLoops, "encode"> = plainByteLoops,
): EncodedBases {
  const ids = new Uint8Array(bases.length);
  const isSoftMasked = new Uint8Array(bases.length);
  const done = loops.encode(bases, ids, isSoftMasked);
  if (done < bases.length) {
    throw new RangeError(
      `internal: expected one of ACGTNacgtn at base ${done}, got byte ${bases[done]}`,
    );
  }
  return { ids, isSoftMasked };
}

/** Text of token ids 0 … 4, a byte a letter: strings that grow letter by letter keep every step, some 30 bytes each. */
export function decodeIds(ids: Uint8Array): string {
  const letters = new Uint8Array(ids.length);
  for (const [at, id] of ids.entries()) {
    if (id > N_ID) throw new RangeError(`internal: expected token ids 0 … 4, got ${id}`);
    letters[at] = LETTERS[id]?.charCodeAt(0) as number;
  }
  return new TextDecoder().decode(letters);
}
