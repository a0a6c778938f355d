/** Keys and values of the positions that a network has seen which reads from left to right: they never change, whatever comes after. */

import type { KeysValues } from "../ops/self-attention.ts";
import { tf } from "../tensor/tf.ts";

export class KeyValueMemory {
  readonly #layers: KeysValues[] = [];
  #positions = 0;

  /** Positions that every layer holds. */
  get positions(): number {
    return this.#positions;
  }

  /**
   * Adds a layer's keys and values of the next positions, and returns those of all; they are the memory's own.
   *
   * @param own [batch, heads, new positions, headWidth]
   */
  extend(layer: number, own: KeysValues): KeysValues {
    const past = this.#layers[layer];
    const all = past === undefined ? own : joined(past, own);
    this.#layers[layer] = { k: tf.keep(tf.clone(all.k)), v: tf.keep(tf.clone(all.v)) };
    if (past !== undefined) tf.dispose([past.k, past.v]);
    return all;
  }

  /** Says that every layer was extended by `positions`. */
  advance(positions: number): void {
    this.#positions += positions;
  }

  /** Forgets what lies behind the first `positions`. */
  cut(positions: number): void {
    if (positions >= this.#positions) return;
    if (positions === 0) {
      this.dispose();
      return;
    }
    for (const [layer, { k, v }] of this.#layers.entries()) {
      const first = (of: tf.Tensor4D): tf.Tensor4D =>
        tf.keep(tf.slice4d(of, [0, 0, 0, 0], [-1, -1, positions, -1]));
      this.#layers[layer] = { k: first(k), v: first(v) };
      tf.dispose([k, v]);
    }
    this.#positions = positions;
  }

  /** Forgets all; it can be used anew. */
  dispose(): void {
    for (const { k, v } of this.#layers) tf.dispose([k, v]);
    this.#layers.length = 0;
    this.#positions = 0;
  }
}

function joined(past: KeysValues, own: KeysValues): KeysValues {
  return { k: tf.concat4d([past.k, own.k], 2), v: tf.concat4d([past.v, own.v], 2) };
}
