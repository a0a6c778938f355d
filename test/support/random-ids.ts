/** Token ids for tests, made by a small generator of its own (xorshift32), with N here and there. */

export function randomIds(length: number, seed: number, shareOfN = 0): Uint8Array {
  const next = xorshift32(seed);
  return Uint8Array.from({ length }, () => (next() < shareOfN ? 4 : Math.floor(next() * 4)));
}

/** Uniform numbers in [0, 1). */
export function xorshift32(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

/** Cuts `ids` at random places; pieces may be empty. */
export function randomPieces(ids: Uint8Array, pieces: number, seed: number): Uint8Array[] {
  const next = xorshift32(seed);
  const cuts = Array.from({ length: pieces - 1 }, () => Math.floor(next() * (ids.length + 1)));
  const bounds = [0, ...cuts.sort((a, b) => a - b), ids.length];
  return bounds.slice(1).map((end, i) => ids.subarray(bounds[i], end));
}
