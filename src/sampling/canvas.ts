/**
 * The rows that a sampler fills. Every change of a base goes through it: constraints hear of it, the row's logits
 * become stale, and a call of the network computes the stale rows alone.
 */

import type { Denoise } from "../diffusion/denoise.ts";
import type { Logits } from "../diffusion/subs.ts";
import { MASK_ID } from "../tokens/alphabet.ts";
import { ALL_BASES } from "../tokens/base-set.ts";
import { type BaseChoice, drawBase } from "./categorical.ts";
import type { SamplerBatch } from "./sampler.ts";

export class Canvas {
  /** 0 … batch − 1 */
  readonly rows: readonly number[];
  /** [batch, length] the rows as they stand; the sampler's result once no MASK is left */
  readonly ids: Uint8Array;
  readonly #input: SamplerBatch;
  readonly #denoise: Denoise;
  readonly #isStale: boolean[];
  /** Undefined where the row has changed since it was asked. */
  readonly #masked: (readonly number[] | undefined)[];
  #logits: Logits = new Float64Array(0);

  /** Works on a copy of the batch's ids. A denoiser must depend on nothing but a row's ids and its label. */
  constructor(denoise: Denoise, input: SamplerBatch) {
    this.#denoise = denoise;
    this.#input = input;
    this.rows = Array.from({ length: input.batch }, (_, row) => row);
    this.ids = input.ids.slice();
    this.#isStale = this.rows.map(() => true);
    this.#masked = this.rows.map(() => undefined);
  }

  /** The row's number among all samples: the address of its draws. */
  sample(row: number): number {
    return this.#input.samples[row] as number;
  }

  /** Where a position stands among all: its row of logits. */
  at(row: number, position: number): number {
    return row * this.#input.length + position;
  }

  /** Positions of a row that are masked now, ascending. */
  masked(row: number): readonly number[] {
    const known = this.#masked[row];
    if (known !== undefined) return known;
    const positions = positionsOfMask(this.#row(this.ids, row));
    this.#masked[row] = positions;
    return positions;
  }

  /**
   * Logits of `rows` as they stand, [batch, length, head]; other rows of the result are of no use. Only those that
   * changed since they were last asked for are computed, in one call. Valid until the next call.
   *
   * @param wanted positions of every row that are looked at; absent is all. What was computed for some serves no later call.
   */
  async logits(rows: readonly number[], wanted?: readonly (readonly number[])[]): Promise<Logits> {
    const { length } = this.#input;
    const stale = rows.filter((row) => this.#isStale[row]);
    if (stale.length === 0) return this.#logits;
    const ids = new Uint8Array(stale.length * length);
    for (const [i, row] of stale.entries()) ids.set(this.#row(this.ids, row), i * length);
    const { labels } = this.#input;
    const computed = await this.#denoise(ids, {
      batch: stale.length,
      length,
      ...(labels === undefined ? {} : { labels: stale.map((row) => labels[row] as number) }),
      ...(wanted === undefined ? {} : { wanted: stale.map((row) => wanted[row] ?? []) }),
    });
    const rowSize = computed.length / stale.length; // length × head
    if (this.#logits.length === 0) this.#logits = sameKind(computed, this.rows.length * rowSize);
    for (const [i, row] of stale.entries()) {
      this.#logits.set(computed.subarray(i * rowSize, (i + 1) * rowSize), row * rowSize);
      this.#isStale[row] = wanted !== undefined;
    }
    return this.#logits;
  }

  /**
   * One call: computes the rows that have positions due, and reveals these one after another.
   *
   * @param due positions of each row
   * @param uniform gives each revealed position its draw in [0, 1)
   */
  async reveal(
    due: readonly (readonly number[])[],
    uniform: (sample: number, position: number) => number,
    choice: BaseChoice,
  ): Promise<void> {
    const rows = this.rows.filter((row) => due[row]?.length !== 0);
    const logits = await this.logits(rows, due);
    for (const [row, positions] of due.entries()) {
      for (const position of positions) {
        const drawn = uniform(this.sample(row), position);
        const allowed = this.allowed(row, position);
        this.place(row, position, drawBase(logits, this.at(row, position), drawn, choice, allowed));
      }
    }
  }

  /** The set of bases that may stand at a masked position as its row stands now: bit b is base b. */
  allowed(row: number, position: number): number {
    return this.#input.constraints?.[row]?.allowed(position) ?? ALL_BASES;
  }

  /** Puts an allowed base at a masked position. */
  place(row: number, position: number, base: number): void {
    this.#change(row, position, base);
    this.#input.constraints?.[row]?.reveal(position, base);
  }

  /** Masks a position again that a base was put at. */
  conceal(row: number, position: number): void {
    this.#change(row, position, MASK_ID);
    this.#input.constraints?.[row]?.conceal(position);
  }

  #change(row: number, position: number, id: number): void {
    this.ids[this.at(row, position)] = id;
    this.#isStale[row] = true;
    this.#masked[row] = undefined;
  }

  #row(ids: Uint8Array, row: number): Uint8Array {
    const { length } = this.#input;
    return ids.subarray(row * length, (row + 1) * length);
  }
}

function positionsOfMask(row: Uint8Array): number[] {
  const positions: number[] = [];
  for (let i = 0; i < row.length; i++) if (row[i] === MASK_ID) positions.push(i);
  return positions;
}

function sameKind(of: Logits, length: number): Logits {
  return of instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}
