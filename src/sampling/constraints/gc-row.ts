/**
 * One row under ranges of G and C. It holds numbers that keep every bound, and asks whether a position could be otherwise:
 * a bound is tight where the numbers meet it exactly, and a base of the other kind fits unless tight bounds lead from the
 * one side of the position to the other. If they do not, lowering all places that they do lead to makes new numbers
 * (the relabelling of Cotton and Maler, "Fast and flexible difference constraint propagation", SAT 2006).
 */

import { ALL_BASES } from "../../tokens/base-set.ts";
import { AT_BASES, GC_BASES, type GcRange } from "./design-rules.ts";
import { type GcPlan, gcSteps } from "./gc-plan.ts";
import { strongComponents } from "./strong-components.ts";

export class GcRow {
  readonly #ranges: readonly GcRange[];
  /** [length] */
  readonly #sets: Uint8Array;
  /** [length + 1] */
  readonly #counts: Int32Array;

  constructor(plan: GcPlan) {
    this.#ranges = plan.ranges;
    this.#sets = plan.sets.slice();
    this.#counts = plan.counts.slice();
  }

  /** Of the position's set, what every other position leaves possible. */
  allowed(position: number): number {
    const set = this.#sets[position] as number;
    const now = this.#step(position) === 1 ? GC_BASES : AT_BASES;
    if ((set & ~now) === 0) return set;
    return this.#tightFrom(position) === undefined ? set & now : set;
  }

  /** The same for all positions at once, [length]. */
  allAllowed(): Uint8Array {
    const component = strongComponents(this.#counts.length, (place) => this.#tightBounds(place));
    return this.#sets.map((set, i) => {
      const now = this.#step(i) === 1 ? GC_BASES : AT_BASES;
      // The bound of the step towards now's side is tight wherever the set holds both kinds, so leading back is a cycle.
      return component[i] === component[i + 1] ? set & now : set;
    });
  }

  /** Gives the position another set if the row's numbers satisfy it as they are; returns whether they do. */
  keeps(position: number, set: number): boolean {
    const { least, most } = gcSteps(set);
    const now = this.#step(position);
    const isKept = set !== 0 && now >= least && now <= most;
    if (isKept) this.#sets[position] = set;
    return isKept;
  }

  /** Gives the position another set. Returns whether the row can still be filled; where not, nothing changes. */
  assign(position: number, set: number): boolean {
    if (this.keeps(position, set)) return true;
    if (set === 0) return false;
    const before = this.#sets[position] as number;
    this.#sets[position] = ALL_BASES; // what holds the position now is not asked
    const lowered = this.#tightFrom(position);
    this.#sets[position] = lowered === undefined ? before : set;
    for (const place of lowered ?? []) this.#counts[place] = (this.#counts[place] as number) - 1;
    return lowered !== undefined;
  }

  #step(position: number): number {
    return (this.#counts[position + 1] as number) - (this.#counts[position] as number);
  }

  /**
   * The places that have to be lowered to turn the position's step, or undefined where that is impossible: those that
   * tight bounds lead to from the place that is lowered first, unless the position's other side is among them.
   */
  #tightFrom(position: number): Set<number> | undefined {
    const isOne = this.#step(position) === 1;
    const start = isOne ? position + 1 : position;
    const end = isOne ? position : position + 1;
    const reached = new Set([start]);
    for (const place of reached) {
      for (const next of this.#tightBounds(place)) {
        if (next === end) return undefined;
        reached.add(next);
      }
    }
    return reached;
  }

  /** Where tight bounds from a place lead. */
  #tightBounds(place: number): number[] {
    const tight: number[] = [];
    const counts = this.#counts;
    const own = counts[place] as number;
    const take = (to: number, weight: number): void => {
      if (own + weight === counts[to]) tight.push(to);
    };
    if (place + 1 < counts.length) take(place + 1, gcSteps(this.#sets[place] as number).most);
    if (place > 0) take(place - 1, -gcSteps(this.#sets[place - 1] as number).least);
    for (const { window, least, most } of this.#ranges) {
      if (place + window < counts.length) take(place + window, most);
      if (place >= window) take(place - window, -least);
    }
    return tight;
  }
}
