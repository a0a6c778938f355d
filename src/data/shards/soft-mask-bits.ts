/** The soft-mask track with a bit a base, the first base in the lowest bit, as Arrow orders bits. */

/** Bytes of the track of `length` bases. */
export function softMaskBytes(length: number): number {
  return Math.ceil(length / 8);
}

/** Packs a track of one byte a base into `into`, which is zero and has room. */
export function packSoftMask(isSoftMasked: Uint8Array, into: Uint8Array): void {
  for (let i = 0; i < isSoftMasked.length; i++) {
    if (isSoftMasked[i] !== 0) into[i >> 3] = (into[i >> 3] as number) | (1 << (i & 7));
  }
}

/** Returns the track of `length` bases, 1 where the bit is set, else 0. */
export function unpackSoftMask(bits: Uint8Array, length: number): Uint8Array {
  const isSoftMasked = new Uint8Array(length);
  for (let i = 0; i < length; i++) isSoftMasked[i] = ((bits[i >> 3] as number) >> (i & 7)) & 1;
  return isSoftMasked;
}
