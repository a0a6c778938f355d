/** The byte loop of contig facts: how often each letter stands in a piece, and the piece in upper case. */

const CASE_BIT = 0x20;
const LETTERS = 256;
/** Tallies side by side, so that a letter does not wait for the one before, which is often the same. */
const LANES = 4;

/** Room for `tallyLetters`: bytes in each of four lanes. */
export function newTally(): Uint32Array {
  return new Uint32Array(LANES * LETTERS);
}

/**
 * Counts the bytes of `letters` in `tally`, and writes them to the start of `upper` in upper case.
 *
 * @param tally from `newTally`; takes 2^32 − 1 of a letter, so that it is emptied in time
 */
export function tallyLetters(letters: Uint8Array, tally: Uint32Array, upper: Uint8Array): void {
  const whole = letters.length - (letters.length % LANES);
  for (let i = 0; i < whole; i += LANES) {
    const a = letters[i] as number;
    const b = letters[i + 1] as number;
    const c = letters[i + 2] as number;
    const d = letters[i + 3] as number;
    (tally[a] as number)++;
    (tally[LETTERS + b] as number)++;
    (tally[2 * LETTERS + c] as number)++;
    (tally[3 * LETTERS + d] as number)++;
    upper[i] = a & ~CASE_BIT;
    upper[i + 1] = b & ~CASE_BIT;
    upper[i + 2] = c & ~CASE_BIT;
    upper[i + 3] = d & ~CASE_BIT;
  }
  for (let i = whole; i < letters.length; i++) {
    const letter = letters[i] as number;
    (tally[letter] as number)++;
    upper[i] = letter & ~CASE_BIT;
  }
}

/** How often `letter`, a character, was counted. */
export function tallied(tally: Uint32Array, letter: string): number {
  const code = letter.charCodeAt(0);
  let count = 0;
  for (let lane = 0; lane < LANES; lane++) count += tally[lane * LETTERS + code] as number;
  return count;
}
