/** A sequence as a number: the address of its draws, wherever in a file it stands. */

const TWO_32 = 2 ** 32;
const TWO_21 = 2 ** 21;

/** A hash of the ids and their number, 0 … 2^53 − 1: two rounds of multiplying and mixing, as MurmurHash3 ends (Appleby, 2011). */
export function contentNumber(ids: Uint8Array): number {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (const id of ids) {
    a = Math.imul(a ^ (id + 1), 0x01000193);
    b = Math.imul(b, 0x5bd1e995) + id + 1;
  }
  const low = mixed(a ^ ids.length);
  const high = mixed(b ^ Math.imul(ids.length, 0x27d4eb2f));
  return low + TWO_32 * (high % TWO_21);
}

function mixed(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
