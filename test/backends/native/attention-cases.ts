/** Shapes and patterns that attention is tested with. */

import type {
  AttentionSizes,
  NativeAttentionPattern,
} from "../../../src/backends/native/bindings/attention.ts";
import type { AttentionShape } from "../../naive/attention.ts";

export interface Case {
  readonly batch: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys?: number;
  readonly headWidth: number;
  readonly lengths?: readonly number[];
  readonly pattern?: NativeAttentionPattern;
  readonly block?: number;
  readonly offset?: number;
}

export const full = (batch: number, heads: number, queries: number, headWidth: number): Case => ({
  batch,
  heads,
  queries,
  headWidth,
});

/** Lengths at, under and over the edges of vectors, panels and tiles; head widths that fill no vector. */
export const CASES: readonly Case[] = [
  full(1, 1, 1, 2),
  full(2, 1, 2, 4),
  full(1, 2, 15, 8),
  full(1, 1, 16, 64),
  full(2, 2, 17, 6),
  full(1, 1, 63, 32),
  full(1, 1, 65, 10),
  full(1, 3, 130, 20),
  full(1, 1, 300, 4), // two tiles of queries backward
  full(0, 2, 5, 4),
  full(1, 2, 0, 4),
  { ...full(3, 1, 33, 8), lengths: [1, 32, 17] },
  { ...full(1, 1, 3, 4), keys: 1100 }, // two blocks of keys forward, more groups than one backward
  { ...full(1, 2, 270, 4), keys: 517, lengths: [516] },
  { ...full(2, 1, 130, 8), pattern: "causal" },
  { ...full(2, 1, 31, 8), pattern: "causal", lengths: [5, 31] },
  { ...full(2, 1, 130, 8), pattern: "causal", offset: 20 }, // as attention that is annealed looks ahead
  { ...full(1, 1, 7, 8), keys: 150, pattern: "causal", offset: 143 },
  { ...full(1, 1, 135, 4), pattern: "blocks", block: 16 },
  { ...full(1, 2, 40, 4), pattern: "doubled-blocks", block: 7 },
  { ...full(2, 1, 300, 4), pattern: "doubled-blocks", block: 32, lengths: [150, 33] },
];

export const keysOf = ({ keys, queries }: Case): number => keys ?? queries;

export function sizesOf(one: Case, bf16: boolean): AttentionSizes {
  const {
    batch,
    heads,
    queries,
    headWidth,
    lengths,
    pattern = "full",
    block = 1,
    offset = 0,
  } = one;
  const rowLengths = lengths && Int32Array.from(lengths);
  const keys = keysOf(one);
  return [batch, heads, queries, keys, headWidth, pattern, block, offset, rowLengths, bf16];
}

/** The patterns as their sources write them. */
export function naiveShape(one: Case): AttentionShape {
  const {
    batch,
    heads,
    queries,
    headWidth,
    lengths,
    pattern = "full",
    block = 1,
    offset = 0,
  } = one;
  const half = keysOf(one) / 2;
  const blockOf = (position: number): number => Math.floor(position / block);
  const seenBy: Record<NativeAttentionPattern, (q: number, k: number, length: number) => boolean> =
    {
      full: (_, k, length) => k < length,
      causal: (q, k, length) => k < length && k <= q + offset,
      blocks: (q, k, length) => k < length && blockOf(k) <= blockOf(q + offset),
      "doubled-blocks": (q, k, length) => {
        if (k % half >= length) return false;
        const [queryBlock, keyBlock] = [blockOf(q % half), blockOf(k % half)];
        if (q < half) return k < half ? queryBlock === keyBlock : queryBlock > keyBlock;
        return k >= half && queryBlock >= keyBlock;
      },
    };
  const whole = pattern === "doubled-blocks" ? half : keysOf(one);
  return {
    batch,
    heads,
    length: queries,
    keys: keysOf(one),
    headWidth,
    lengths: lengths ?? new Array<number>(batch).fill(whole),
    sees: seenBy[pattern],
  };
}
