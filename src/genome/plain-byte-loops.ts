import type { ByteLoops } from "./byte-loops.ts";
import { copyCodes, normaliseBases } from "./nucleotide.ts";

const LF = 0x0a;
const CR = 0x0d;
const CASE_BIT = 0x20;
const NOT_A_BASE = 255;
const ID_OF_BYTE: Uint8Array = /* @__PURE__ */ makeIds();

function makeIds(): Uint8Array {
  const table = new Uint8Array(256).fill(NOT_A_BASE);
  for (const [id, letter] of [..."ACGTN"].entries()) {
    const code = letter.charCodeAt(0);
    table[code] = id;
    table[code | CASE_BIT] = id;
  }
  return table;
}

/** In JavaScript, for where there is no add-on: a browser, or a machine without a C++ compiler. */
export const plainByteLoops: ByteLoops = {
  unwrap(from, start, end, column, { lineBases, lineWidth }, keepsCodes, to, at, count) {
    const copy = keepsCodes ? copyCodes : normaliseBases;
    const endBytes = lineWidth - lineBases;
    let left = lineBases - column;
    let i = start;
    let done = 0;
    while (done < count) {
      const wanted = Math.min(left, count - done);
      const stop = copy(from, i, Math.min(i + wanted, end), to, at + done);
      done += stop - i;
      if (stop < i + wanted || done === count) return done;
      i = stop + endBytes;
      const isEnd = i <= end && from[i - 1] === LF && (endBytes === 1 || from[i - 2] === CR);
      if (!isEnd) return done;
      left = lineBases;
    }
    return done;
  },
  encode(bases, ids, isSoftMasked) {
    for (let i = 0; i < bases.length; i++) {
      const byte = bases[i] as number;
      const id = ID_OF_BYTE[byte] as number;
      if (id === NOT_A_BASE) return i;
      ids[i] = id;
      isSoftMasked[i] = (byte & CASE_BIT) >>> 5;
    }
    return bases.length;
  },
};
