/** Bytes that came in parts. */

/** Returns the parts behind one another: a copy, or the only one that is not empty itself. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter((part) => part.length > 0);
  const [first] = filled;
  if (filled.length === 1 && first !== undefined) return first;
  const all = new Uint8Array(filled.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of filled) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
