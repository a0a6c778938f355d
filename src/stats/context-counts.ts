/**
 * How often each base follows each context of 0 … maxOrder bases, over both strands.
 *
 * Memory is 4 bytes × (4 + 16 + … + 4^(maxOrder+1)) whatever the length of the sequence: 358 MB at order 12,
 * 22 MB at order 10, 1.4 MB at order 8.
 */

import { addOtherStrand } from "./reverse-complement-kmer.ts";
import { kmerCount, RollingContext } from "./rolling-context.ts";

export interface ContextCounts {
  readonly maxOrder: number;
  /** [maxOrder + 1] arrays; the one of order k has 4^(k+1) counters, the four of one context side by side. */
  readonly byOrder: readonly Uint32Array[];
}

const UINT32_MAX = 2 ** 32 - 1;

/**
 * Counts a genome fed piece by piece; a context goes on from piece to piece until `endContig`, and none holds an N.
 *
 * Each base is counted at the highest order its context allows; lower orders are sums of those, made at the end.
 */
export class ContextCounter {
  readonly #maxOrder: number;
  readonly #byOrder: Uint32Array[];
  readonly #context: RollingContext;
  readonly #baseCounts: Float64Array = new Float64Array(4);

  /** @throws {RangeError} when `maxOrder` is not an integer in 0 … 12 */
  constructor(maxOrder: number) {
    this.#maxOrder = maxOrder;
    this.#context = new RollingContext(maxOrder);
    this.#byOrder = Array.from(
      { length: maxOrder + 1 },
      (_, k) => new Uint32Array(kmerCount(k + 1)),
    );
  }

  /** Counts the next bases of the current contig; ids above 3 break the context. */
  add(ids: Uint8Array): void {
    const context = this.#context;
    for (const id of ids) {
      if (!context.push(id)) continue;
      const counts = this.#byOrder[context.order] as Uint32Array;
      counts[context.kmer] = (counts[context.kmer] as number) + 1;
      this.#baseCounts[id] = (this.#baseCounts[id] as number) + 1;
    }
  }

  /** Ends the contig: the next base has no context. */
  endContig(): void {
    this.#context.clear();
  }

  /**
   * Returns the counts over both strands and gives its memory away: the counter is used up.
   *
   * @throws {RangeError} when called twice, or when a base occurs more than 2^32 − 1 times on both strands
   */
  finish(): ContextCounts {
    const byOrder = this.#byOrder.splice(0);
    if (byOrder.length === 0)
      throw new RangeError("internal: expected one call of finish(), got two");
    checkCounterRange(this.#baseCounts);
    for (let k = this.#maxOrder - 1; k >= 0; k--) {
      addLowerOrder(byOrder[k + 1] as Uint32Array, byOrder[k] as Uint32Array);
    }
    byOrder.forEach((counts, k) => {
      addOtherStrand(counts, k + 1);
    });
    return { maxOrder: this.#maxOrder, byOrder };
  }
}

/**
 * Checks that no counter can overflow: none exceeds that of its base alone.
 *
 * @param baseCounts [4] bases counted on the forward strand
 * @throws {RangeError} when a base occurs more than 2^32 − 1 times on both strands
 */
export function checkCounterRange(baseCounts: Float64Array): void {
  const seen = (id: number): number => baseCounts[id] as number;
  const most = Math.max(seen(0) + seen(3), seen(1) + seen(2));
  if (most > UINT32_MAX) {
    throw new RangeError(
      `expected at most ${UINT32_MAX} of one base on both strands, got ${most}: count fewer contigs`,
    );
  }
}

/** Adds to each count of `lower` those of the four contexts one base longer. */
function addLowerOrder(higher: Uint32Array, lower: Uint32Array): void {
  for (let kmer = 0; kmer < higher.length; kmer++) {
    const count = higher[kmer] as number;
    if (count === 0) continue;
    const shorter = kmer & (lower.length - 1);
    lower[shorter] = (lower[shorter] as number) + count;
  }
}

/** How often the context of `kmer` was seen: the sum over its four next bases. */
export function contextTotal(counts: Uint32Array, kmer: number): number {
  const first = kmer & ~3;
  return (
    (counts[first] as number) +
    (counts[first + 1] as number) +
    (counts[first + 2] as number) +
    (counts[first + 3] as number)
  );
}
