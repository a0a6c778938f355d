/** The byte loop of contig facts: how often each letter stands in a piece, and the piece in upper case. */

const LETTERS = 256;
const PAIRS = LETTERS * LETTERS;
const CASE_BIT = 0x20;
/** The case bit of four letters, taken away. */
const UPPER_MASK = 0xdfdfdfdf;
/** Pieces from this length on are read four letters at a time: the table of pairs costs as much to empty. */
const LONG_PIECE = PAIRS;
/** Pairs after which the table is emptied, before a count could pass 2^32. */
const MAX_PAIRS = 2 ** 31;

/** Counts letters of any bytes; for one contig after another. */
export class LetterTally {
  /** Of single letters, and of those pairs that were counted before. */
  readonly #letters = new Float64Array(LETTERS);
  /** Of pairs of neighbours, whichever of the two comes first. */
  readonly #pairs = new Uint32Array(PAIRS);
  #pairCount = 0;

  /** Counts the bytes of `letters`, and writes them to the start of `upper`, a whole buffer, in upper case. */
  add(letters: Uint8Array, upper: Uint8Array): void {
    const isAligned = letters.byteOffset % 4 === 0 && upper.byteOffset % 4 === 0;
    const words = isAligned && letters.length >= LONG_PIECE ? letters.length >>> 2 : 0;
    if (words > 0) this.#addWords(letters, upper, words);
    for (let i = 4 * words; i < letters.length; i++) {
      const letter = letters[i] as number;
      (this.#letters[letter] as number)++;
      upper[i] = letter & ~CASE_BIT;
    }
  }

  #addWords(letters: Uint8Array, upper: Uint8Array, words: number): void {
    if (this.#pairCount + 2 * words > MAX_PAIRS) this.#emptyPairs();
    const from = new Uint32Array(letters.buffer, letters.byteOffset, words);
    const to = new Uint32Array(upper.buffer, upper.byteOffset, words);
    const pairs = this.#pairs;
    for (let i = 0; i < words; i++) {
      const four = from[i] as number;
      (pairs[four & 0xffff] as number)++;
      (pairs[four >>> 16] as number)++;
      to[i] = four & UPPER_MASK;
    }
    this.#pairCount += 2 * words;
  }

  /** How often each byte was counted; the next count begins at 0. */
  take(): Float64Array {
    this.#emptyPairs();
    const counts = this.#letters.slice();
    this.#letters.fill(0);
    return counts;
  }

  #emptyPairs(): void {
    if (this.#pairCount === 0) return;
    for (let pair = 0; pair < PAIRS; pair++) {
      const count = this.#pairs[pair] as number;
      if (count === 0) continue;
      this.#letters[pair & 0xff] = (this.#letters[pair & 0xff] as number) + count;
      this.#letters[pair >>> 8] = (this.#letters[pair >>> 8] as number) + count;
    }
    this.#pairs.fill(0);
    this.#pairCount = 0;
  }
}
