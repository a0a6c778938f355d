/**
 * What the fit of a back-off model needs of the validation sequence: n_k and N_k of each of its bases at every
 * order, looked up once. At most `limit` bases are kept, evenly spread: the kept ones are every 2^j-th scored
 * base, with the least j that fits, however the sequence is cut into pieces.
 */

import { type ContextCounts, contextTotal } from "./context-counts.ts";
import { RollingContext } from "./rolling-context.ts";

/** Bases kept unless the caller says otherwise: 54 MB at order 12. */
const EVIDENCE_LIMIT = 500_000;

/** Counts seen by each kept base; where the context is shorter than k both are 0. */
export interface OrderEvidence {
  /** n_k, one a kept base */
  readonly seen: Uint32Array;
  /** N_k, one a kept base; float64, since the four sum beyond 2^32 */
  readonly total: Float64Array;
}

export class BackoffEvidence {
  readonly #counts: ContextCounts;
  readonly #context: RollingContext;
  readonly #byOrder: readonly OrderEvidence[];
  readonly #limit: number;
  #scored = 0;
  #stride = 1;
  #kept = 0;

  /** @param limit most bases to keep, at least 2 */
  constructor(counts: ContextCounts, limit: number = EVIDENCE_LIMIT) {
    this.#counts = counts;
    this.#limit = limit;
    this.#context = new RollingContext(counts.maxOrder);
    this.#byOrder = counts.byOrder.map(() => ({
      seen: new Uint32Array(limit),
      total: new Float64Array(limit),
    }));
  }

  /** Takes the next bases of the current validation contig. */
  add(ids: Uint8Array): void {
    for (const id of ids) {
      if (!this.#context.push(id)) continue;
      if (this.#scored++ % this.#stride === 0) this.#keep();
    }
  }

  /** Ends the contig: the next base has no context. */
  endContig(): void {
    this.#context.clear();
  }

  /** The kept bases' counts, one record an order; views, valid until more is added. */
  byOrder(): OrderEvidence[] {
    return this.#byOrder.map(({ seen, total }) => ({
      seen: seen.subarray(0, this.#kept),
      total: total.subarray(0, this.#kept),
    }));
  }

  #keep(): void {
    if (this.#kept === this.#limit) {
      this.#thin();
      if ((this.#scored - 1) % this.#stride !== 0) return;
    }
    const { kmer, order } = this.#context;
    this.#byOrder.forEach(({ seen, total }, k) => {
      const counts = this.#counts.byOrder[k] as Uint32Array;
      const ending = kmer & (counts.length - 1);
      seen[this.#kept] = k <= order ? (counts[ending] as number) : 0;
      total[this.#kept] = k <= order ? contextTotal(counts, ending) : 0;
    });
    this.#kept++;
  }

  /** Keeps every second of the kept bases and doubles the stride. */
  #thin(): void {
    const half = Math.ceil(this.#kept / 2);
    for (const { seen, total } of this.#byOrder) {
      for (let i = 0; i < half; i++) {
        seen[i] = seen[2 * i] as number;
        total[i] = total[2 * i] as number;
      }
    }
    this.#kept = half;
    this.#stride *= 2;
  }
}
