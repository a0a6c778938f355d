/** Which keys a query attends to, from their indices. */

import type { PatternAttributes } from "../tensor/fused/attention.ts";
import { tf } from "../tensor/tf.ts";

/**
 * - full: all.
 * - causal: those up to its own position.
 * - blocks: those of its own block of `block` positions and of the blocks before (BD3-LM, arXiv:2503.09573).
 * - doubled-blocks: noised and clean copies in one sequence [x_t ; x_0] (arXiv:2503.09573, appendix B.6): a noised query
 *   attends to its own block of x_t and to the blocks of x_0 before it, a clean one to those of x_0 up to its own.
 *
 * `offset` is the position of the first query among the keys, 0 if absent: a cache holds the keys before it.
 */
export type AttentionPattern =
  | { readonly kind: "full" }
  | { readonly kind: "causal"; readonly offset?: number }
  | { readonly kind: "blocks"; readonly block: number; readonly offset?: number }
  | { readonly kind: "doubled-blocks"; readonly block: number };

/** Added to the score of a key that is not seen; exp of it is 0 in float32, and every query sees some key. */
const UNATTENDABLE = -1e9;

interface PatternSizes {
  readonly batch: number;
  readonly queries: number;
  readonly keys: number;
}

/**
 * Additive scores that hide what a query does not attend to: 0 or −1e9.
 *
 * @param lengths keys that count in each row of the batch (of each copy in doubled-blocks); all if absent
 * @returns [batch, 1, queries, keys], with 1 for what makes no difference; nothing where all is seen
 */
export function patternScores(
  pattern: AttentionPattern,
  lengths: readonly number[] | undefined,
  { batch, queries, keys }: PatternSizes,
): tf.Tensor4D | undefined {
  if (pattern.kind === "full" && lengths === undefined) return undefined;
  const rows = lengths === undefined ? 1 : batch;
  const lines = pattern.kind === "full" ? 1 : queries;
  const copy = pattern.kind === "doubled-blocks" ? keys / 2 : keys;
  const scores = new Float32Array(rows * lines * keys);
  for (let row = 0; row < rows; row++) {
    const length = lengths?.[row] ?? copy;
    for (let query = 0; query < lines; query++) {
      for (let key = 0; key < keys; key++) {
        if (key % copy < length && sees(pattern, query, key, copy)) continue;
        scores[(row * lines + query) * keys + key] = UNATTENDABLE;
      }
    }
  }
  return tf.tensor4d(scores, [rows, 1, lines, keys]);
}

/** As the fused kernels want them. */
export function patternAttributes(
  pattern: AttentionPattern,
  lengths: readonly number[] | undefined,
): PatternAttributes {
  return {
    pattern: pattern.kind,
    block: "block" in pattern ? pattern.block : 1,
    offset: "offset" in pattern ? (pattern.offset ?? 0) : 0,
    ...(lengths === undefined ? {} : { lengths }),
  };
}

function sees(pattern: AttentionPattern, query: number, key: number, copy: number): boolean {
  switch (pattern.kind) {
    case "full":
      return true;
    case "causal":
      return key <= query + (pattern.offset ?? 0);
    case "blocks":
      return key < blockEnd(query + (pattern.offset ?? 0), pattern.block);
    case "doubled-blocks": {
      const { block } = pattern;
      const begin = Math.floor((query % copy) / block) * block;
      const position = key % copy;
      if (query >= copy) return key >= copy && position < begin + block;
      return key >= copy ? position < begin : position >= begin && position < begin + block;
    }
  }
}

function blockEnd(position: number, block: number): number {
  return (Math.floor(position / block) + 1) * block;
}
