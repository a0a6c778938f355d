import { crc32, inflateRawSync } from "node:zlib";
import type { Inflate } from "./inflate.ts";

/** zlib refuses chunks below this. */
const MIN_CHUNK_BYTES = 64;

/** Node's own zlib; `crc32` is there from Node 20.15 on. */
export const nodeInflate: Inflate = {
  inflateRaw(bytes, expectedLength, into) {
    const text = inflateRawSync(bytes, {
      maxOutputLength: Math.max(1, expectedLength),
      chunkSize: Math.max(MIN_CHUNK_BYTES, expectedLength),
    });
    if (into === undefined || text.length > into.length) return text;
    into.set(text);
    return into.subarray(0, text.length);
  },
  crc32: (bytes, seed) => crc32(bytes, seed),
};
