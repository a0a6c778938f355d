/**
 * The newest bases of a sequence as one base-4 number, oldest base in the highest digit. Fed id by id, it is
 * the same however the sequence is cut into pieces.
 */

/** Highest order of a context model: a context of 12 bases and the next one make 4^13 counters, 256 MiB. */
const MAX_ORDER = 12;

const BASE_COUNT = 4;

export class RollingContext {
  /** Code of the newest base and the known bases before it, at most `maxOrder` of them. */
  kmer = 0;
  /** Known bases right before the newest one, 0 … maxOrder; −1 after N and at the start of a contig. */
  order = -1;
  readonly #maxOrder: number;
  readonly #digits: number;

  /** @throws {RangeError} when `maxOrder` is not an integer in 0 … 12 */
  constructor(maxOrder: number) {
    if (!Number.isInteger(maxOrder) || maxOrder < 0 || maxOrder > MAX_ORDER) {
      throw new RangeError(`internal: expected an order in 0 … ${MAX_ORDER}, got ${maxOrder}`);
    }
    this.#maxOrder = maxOrder;
    this.#digits = kmerCount(maxOrder + 1) - 1;
  }

  /** Takes the next token id and returns whether it is a base; any other id ends the context. */
  push(id: number): boolean {
    if (id >= BASE_COUNT) {
      this.clear();
      return false;
    }
    this.kmer = ((this.kmer << 2) | id) & this.#digits;
    if (this.order < this.#maxOrder) this.order++;
    return true;
  }

  /** Forgets all bases: the next one is the first of a contig. */
  clear(): void {
    this.kmer = 0;
    this.order = -1;
  }
}

/** Number of k-mers of `length` bases, 4^length. */
export function kmerCount(length: number): number {
  return BASE_COUNT ** length;
}
