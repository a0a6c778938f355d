/** Reverse complement of a k-mer code (base-4 number, A0 C1 G2 T3, first base in the highest digit). */

/** Returns the code of the other strand; `length` in bases, 1 … 15. */
export function reverseComplementKmer(kmer: number, length: number): number {
  let bits = ~kmer; // complement: 3 − id in every digit
  bits = ((bits >>> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
  bits = ((bits >>> 4) & 0x0f0f0f0f) | ((bits & 0x0f0f0f0f) << 4);
  bits = ((bits >>> 8) & 0x00ff00ff) | ((bits & 0x00ff00ff) << 8);
  bits = (bits >>> 16) | (bits << 16);
  return bits >>> (32 - 2 * length);
}

/** Adds to every k-mer's count that of its reverse complement, in place; a palindrome's count doubles. */
export function addOtherStrand(counts: Uint32Array, length: number): void {
  for (let kmer = 0; kmer < counts.length; kmer++) {
    const count = counts[kmer] as number;
    if (count === 0) continue; // most k-mers of a high order; their memory pages stay untouched
    const twin = reverseComplementKmer(kmer, length);
    const other = counts[twin] as number;
    if (twin < kmer && other !== 0) continue; // summed when the twin was met
    counts[kmer] = count + other;
    counts[twin] = count + other;
  }
}
