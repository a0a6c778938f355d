/** Returns the start of `into` as an array of `length` bytes, or a new one where nothing is given. */
export function roomFor(length: number, into: Uint8Array | undefined): Uint8Array {
  if (into === undefined) return new Uint8Array(length);
  if (into.length === length) return into; // no view: a window costs little more than one
  if (into.length > length) return into.subarray(0, length);
  throw new RangeError(`internal: expected room for ${length} bytes, got ${into.length}`);
}
