/** Complement of token ids: A↔T, C↔G (3 − id); N and MASK are their own. */

import { BASE_COUNT } from "./alphabet.ts";

/** Returns the reverse complement of a run of token ids, as a copy. */
export function reverseComplementIds(ids: Uint8Array): Uint8Array {
  const out = new Uint8Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[ids.length - 1 - i] as number;
    out[i] = id < BASE_COUNT ? BASE_COUNT - 1 - id : id;
  }
  return out;
}
