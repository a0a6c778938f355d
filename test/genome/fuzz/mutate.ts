/** Inputs that are nearly right: what a damaged disk, a cut download or an enemy makes of a file. */

import { concat } from "../fixtures.ts";

type Roll = (bound: number) => number;

/** Numbers at which counts, offsets and lengths break. */
const EDGES = [0, 1, 2, 3, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
/** Bytes that mean something in the formats. */
const MARKS = [...'>\n\r\t ;,*-0123456789ACGTNacgtnUu\\"', "\u0000", "\u007f"].map((letter) =>
  letter.charCodeAt(0),
);
const MOST_BYTES = 2 ** 16;

/** One to four random changes to `bytes`; `other` is cut into it at times. */
export function mutated(bytes: Uint8Array, other: Uint8Array, roll: Roll): Uint8Array {
  let changed: Uint8Array = Uint8Array.from(bytes);
  for (let rounds = 1 + roll(4); rounds > 0; rounds--) changed = mutateOnce(changed, other, roll);
  return changed.subarray(0, MOST_BYTES);
}

function mutateOnce(bytes: Uint8Array, other: Uint8Array, roll: Roll): Uint8Array {
  const at = roll(bytes.length + 1);
  const to = at + roll(bytes.length + 1 - at);
  switch (roll(9)) {
    case 0:
      return withBytes(bytes, at, [(bytes[at] ?? 0) ^ (1 << roll(8))]);
    case 1:
      return withBytes(bytes, at, [roll(256)]);
    case 2:
      return withBytes(bytes, at, [MARKS[roll(MARKS.length)] ?? 0]);
    case 3: {
      const edge = EDGES[roll(EDGES.length)] ?? 0;
      const four = [0, 8, 16, 24].map((shift) => (edge >>> shift) & 0xff);
      return withBytes(bytes, at, roll(2) === 0 ? four : four.toReversed());
    }
    case 4:
      return bytes.slice(0, at);
    case 5:
      return concat(bytes.subarray(0, at), bytes.subarray(to));
    case 6:
      return concat(bytes.subarray(0, to), bytes.subarray(at));
    case 7:
      return concat(bytes.subarray(0, at), other.subarray(roll(other.length + 1)));
    default: {
      const noise = Uint8Array.from({ length: roll(40) }, () => roll(256));
      return concat(bytes.subarray(0, at), noise, bytes.subarray(at));
    }
  }
}

/** `bytes` with some overwritten, those that fit. */
function withBytes(bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(values.slice(0, Math.max(0, copy.length - at)), Math.min(at, copy.length));
  return copy;
}
