/**
 * Motifs that have to stand somewhere in a stretch: a place for each is drawn before the row is filled, so that the
 * network sees them from its first call on. Each place is drawn uniformly among those that leave the rest of the rules,
 * and a place for every motif after it, possible; no two motifs share a position.
 */

import type { AddressedRandom } from "../../random/addressed.ts";
import type { DesignPlan } from "./design-plan.ts";

/** A motif and where it may begin, from 0. */
export interface Motif {
  /** As messages call it. */
  readonly name: string;
  /** [bases] */
  readonly sets: Uint8Array;
  readonly first: number;
  readonly last: number;
}

/** Where motifs stand, and what they leave. */
export interface MotifPlaces {
  /** [motifs] first position of each, from 0 */
  readonly starts: readonly number[];
  /** [length] what may stand at each position */
  readonly sets: Uint8Array;
}

/** Starts that one search for places looks at; motifs that crowd a stretch have more ways than can be tried. */
const MOST_LOOKED_AT = 20_000;

/** Draws places for motifs in rows of one plan. */
export class MotifPlacer {
  readonly #plan: DesignPlan;
  readonly #sets: Uint8Array;
  readonly #motifs: readonly Motif[];
  /** Whether motifs at these starts leave the rules possible; the same few are asked for again and again. */
  readonly #isPossible = new Map<string, boolean>();

  /** @param sets [length] what may stand at each position without the motifs */
  constructor(plan: DesignPlan, sets: Uint8Array, motifs: readonly Motif[]) {
    this.#plan = plan;
    this.#sets = sets;
    this.#motifs = motifs;
  }

  /**
   * Returns places for all motifs, or undefined where there are none, or none among the first that are looked at.
   *
   * @param random the stream `motifPlace`; addresses are (sample, number of the motif, start)
   */
  place(random: AddressedRandom, sample: number): MotifPlaces | undefined {
    return this.#search((motif, start) => random.uniform(sample, motif, start));
  }

  /** The same without chance: each motif as far to the left as can be. */
  leftmost(): MotifPlaces | undefined {
    return this.#search((_, start) => start);
  }

  /** @param rank of a start of a motif; the lowest is looked at first */
  #search(rank: (motif: number, start: number) => number): MotifPlaces | undefined {
    let left = MOST_LOOKED_AT;
    const from = (starts: readonly number[]): readonly number[] | undefined => {
      const motif = this.#motifs[starts.length];
      if (motif === undefined) return starts;
      const order = Array.from({ length: motif.last - motif.first + 1 }, (_, i) => {
        const start = motif.first + i;
        return { start, rank: rank(starts.length, start) };
      }).sort((a, b) => a.rank - b.rank);
      for (const { start } of order) {
        if (left-- <= 0) return undefined;
        const longer = [...starts, start];
        const all = this.#isOpen(longer) ? from(longer) : undefined;
        if (all !== undefined) return all;
      }
      return undefined;
    };
    const starts = from([]);
    return starts && { starts, sets: this.#setsWith(starts) as Uint8Array };
  }

  #isOpen(starts: readonly number[]): boolean {
    const key = starts.join();
    const known = this.#isPossible.get(key);
    if (known !== undefined) return known;
    const sets = this.#setsWith(starts);
    const isOpen = sets !== undefined && !this.#plan.row(sets).isBroken;
    this.#isPossible.set(key, isOpen);
    return isOpen;
  }

  /** The sets with the first motifs in place; undefined where they share a position or leave one nothing. */
  #setsWith(starts: readonly number[]): Uint8Array | undefined {
    const sets = this.#sets.slice();
    const isTaken = new Uint8Array(sets.length);
    for (const [number, start] of starts.entries()) {
      for (const [i, set] of (this.#motifs[number]?.sets ?? []).entries()) {
        const position = start + i;
        const left = (sets[position] ?? 0) & set;
        if (left === 0 || isTaken[position] === 1) return undefined;
        sets[position] = left;
        isTaken[position] = 1;
      }
    }
    return sets;
  }
}
