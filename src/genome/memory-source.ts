import { type ByteSource, checkByteRange } from "./byte-source.ts";

/** Returns `bytes` as a byte source; keeps them without a copy. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  const where = { name, size: bytes.length };
  const readSync = (offset: number, length: number, into?: Uint8Array): Uint8Array => {
    checkByteRange(where, offset, length);
    const found = bytes.subarray(offset, offset + length);
    if (into === undefined) return found.slice();
    into.set(found);
    return into.subarray(0, length);
  };
  return {
    ...where,
    readSync,
    read: async (offset, length, into) => readSync(offset, length, into),
    close: async () => {},
  };
}
