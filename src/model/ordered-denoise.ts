/**
 * A network that reads from left to right, as samplers take it: what it has seen of each row is kept, and a call goes on where the row
 * begins to differ from the call before. A causal network computes a position once (the key–value cache of autoregressive decoding),
 * one of blocks those of a block as often as the block changes (BD3-LM, arXiv:2503.09573, section 3.2).
 */

import type { ParamTree } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import { denoiser } from "./denoiser.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";
import { KeyValueMemory } from "./key-value-memory.ts";

interface OrderedShape {
  readonly batch: number;
  readonly length: number;
  /** Class of each row, of a network that is told classes; absent for none. */
  readonly labels?: readonly number[];
  /** Positions of each row whose logits are looked at; absent is all of them. */
  readonly wanted?: readonly (readonly number[])[];
}

interface NewPositions {
  readonly batch: number;
  readonly count: number;
  readonly labels: readonly number[] | undefined;
}

/** What a network has seen of some rows under some labels. */
interface Seen {
  readonly memory: KeyValueMemory;
  /** [batch, positions] */
  ids: Uint8Array;
}

/** Whether no position of the network sees what stands behind it, or behind its block. */
export function isOrdered({ attention = "full" }: DenoiserConfig): boolean {
  return attention !== "full";
}

export interface OrderedDenoise {
  /** Logits [batch, length, 4], those that are wanted; others are 0. */
  readonly denoise: (ids: Uint8Array, shape: OrderedShape) => Promise<Float32Array>;
  /** Positions of rows that were computed, all calls together. */
  readonly computed: () => number;
  dispose(): void;
}

/** Guidance asks twice about the same rows, told their class and not. */
const MOST_KEPT = 2;

/** Returns the denoiser of the `params` of a network that reads from left to right, which it neither copies nor disposes; its memory is the caller's to dispose. */
export function orderedDenoise(params: ParamTree, config: DenoiserConfig): OrderedDenoise {
  const { blockLength = 1 } = config;
  const kept = new Map<string, Seen>();
  let computed = 0;
  const forward = (
    ids: Uint8Array,
    { batch, count, labels }: NewPositions,
    memory: KeyValueMemory,
  ): tf.Tensor3D => {
    const facts = { memory, ...(labels === undefined ? {} : { labels }) };
    try {
      const logits = tf.tidy(() => {
        const tensor = tf.tensor2d(Int32Array.from(ids), [batch, count], "int32");
        return denoiser(params, config, tensor, facts);
      });
      memory.advance(count);
      return logits;
    } catch (error) {
      memory.dispose(); // some layers hold the positions and some do not
      throw error;
    }
  };
  return {
    async denoise(ids, { batch, length, labels, wanted }) {
      const seen = seenOf(kept, `${batch}:${labels?.join() ?? ""}`);
      const [first, last] = rangeOf(wanted, length);
      // Whole blocks: their positions see each other. An empty range stays one.
      const same = Math.min(first, commonPrefix(seen, ids, batch, length));
      const begin = Math.floor(same / blockLength) * blockLength;
      const end = Math.min(length, Math.ceil(last / blockLength) * blockLength);
      seen.memory.cut(begin);
      const logits = new Float32Array(batch * length * BASE_COUNT);
      const count = end - seen.memory.positions;
      if (count <= 0) return logits;
      const part = columns(ids, { batch, length, begin, end });
      const tensor = forward(part, { batch, count, labels }, seen.memory);
      seen.ids = columns(ids, { batch, length, begin: 0, end });
      computed += batch * count;
      try {
        const values = (await tensor.data()) as Float32Array;
        const size = count * BASE_COUNT;
        for (let row = 0; row < batch; row++)
          logits.set(
            values.subarray(row * size, (row + 1) * size),
            (row * length + begin) * BASE_COUNT,
          );
      } finally {
        tensor.dispose();
      }
      return logits;
    },
    computed: () => computed,
    dispose() {
      for (const { memory } of kept.values()) memory.dispose();
      kept.clear();
    },
  };
}

/** The oldest makes way. */
function seenOf(kept: Map<string, Seen>, key: string): Seen {
  const known = kept.get(key) ?? { memory: new KeyValueMemory(), ids: new Uint8Array(0) };
  kept.delete(key);
  kept.set(key, known);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) {
    kept.get(oldest)?.memory.dispose();
    kept.delete(oldest);
  }
  return known;
}

/** From the first to behind the last position that any row wants; an empty range where none does. */
function rangeOf(
  wanted: readonly (readonly number[])[] | undefined,
  length: number,
): readonly [first: number, end: number] {
  if (wanted === undefined) return [0, length];
  let [first, end] = [length, 0];
  for (const positions of wanted) {
    for (const position of positions) {
      first = Math.min(first, position);
      end = Math.max(end, position + 1);
    }
  }
  return [first, end];
}

/** Positions from the first on in which no row differs from what was seen of it. */
function commonPrefix(
  { memory, ids: before }: Seen,
  ids: Uint8Array,
  batch: number,
  length: number,
): number {
  const known = Math.min(memory.positions, length);
  const width = memory.positions;
  for (let position = 0; position < known; position++) {
    for (let row = 0; row < batch; row++) {
      if (before[row * width + position] !== ids[row * length + position]) return position;
    }
  }
  return known;
}

interface ColumnRange {
  readonly batch: number;
  readonly length: number;
  readonly begin: number;
  readonly end: number;
}

/** Columns `begin` to `end` of [batch, length] ids. */
function columns(ids: Uint8Array, { batch, length, begin, end }: ColumnRange): Uint8Array {
  const part = new Uint8Array(batch * (end - begin));
  for (let row = 0; row < batch; row++)
    part.set(ids.subarray(row * length + begin, row * length + end), row * (end - begin));
  return part;
}
