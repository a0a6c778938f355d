/**
 * One row under forbidden words and one range of G and C over all of it, exactly: for each place and each state of the
 * words' automaton, which numbers of G and C the bases before it can have, and with which of these the bases after it can
 * be filled. Numbers are bits, so that adding a G or C shifts them by one.
 */

import { BASE_COUNT } from "../../tokens/alphabet.ts";
import { hasBase } from "../../tokens/base-set.ts";
import type { DesignRow } from "./design-row.ts";
import { GC_BASES, type GcRange } from "./design-rules.ts";
import type { WordPlan } from "./word-plan.ts";

const WORD_BITS = 32;

/** 32-bit words of one row's two tables, an upper bound of the work of filling them once. */
export function countTableSize({ length, sets }: WordPlan): number {
  return 2 * (length + 1) * sets.states * Math.ceil((length + 1) / WORD_BITS);
}

export class CountRow implements DesignRow {
  readonly #plan: WordPlan;
  readonly #given: Uint8Array;
  readonly #sets: Uint8Array;
  /** 32-bit words of one state's numbers */
  readonly #width: number;
  /** [length + 1] of [states, width]: numbers of G and C before the place */
  readonly #before: Uint32Array[];
  /** [length + 1] of [states, width]: of all numbers, those with which the rest can be filled */
  readonly #fits: Uint32Array[];
  /** `#before` holds up to this place, `#fits` from that one on; what lies beyond is computed when it is asked for. */
  #lastBefore = 0;
  #firstFits: number;

  /** @param sets [length] what may stand at each position; copied */
  constructor(plan: WordPlan, range: GcRange, sets: Uint8Array) {
    this.#plan = plan;
    this.#given = sets.slice();
    this.#sets = sets.slice();
    this.#width = Math.ceil((plan.length + 1) / WORD_BITS);
    const table = (): Uint32Array => new Uint32Array(plan.sets.states * this.#width);
    this.#before = Array.from(plan.kinds, table);
    this.#fits = Array.from(plan.kinds, table);
    (this.#before[0] as Uint32Array)[0] = 1; // state 0, no G or C
    const last = this.#fits[plan.length] as Uint32Array;
    for (const state of plan.sets.alive(plan.kinds[plan.length] as number).members) {
      for (let count = range.least; count <= range.most; count++) {
        const at = state * this.#width + Math.floor(count / WORD_BITS);
        last[at] = (last[at] as number) | (1 << (count % WORD_BITS));
      }
    }
    this.#firstFits = plan.length;
  }

  get isBroken(): boolean {
    return this.allowed(0) === 0;
  }

  allowed(position: number): number {
    this.#reach(position);
    const set = this.#sets[position] as number;
    const before = this.#before[position] as Uint32Array;
    const fits = this.#fits[position + 1] as Uint32Array;
    let allowed = 0;
    for (let state = 0; state < this.#plan.sets.states; state++) {
      for (let base = 0; base < BASE_COUNT; base++) {
        if (!hasBase(set, base) || hasBase(allowed, base)) continue;
        const next = this.#plan.sets.nextState(state, base);
        if (this.#doMeet(before, state, fits, next, shiftOf(base))) allowed |= 1 << base;
      }
      if (allowed === set) break;
    }
    return allowed;
  }

  reveal(position: number, base: number): void {
    this.#assign(position, 1 << base);
  }

  conceal(position: number): void {
    this.#assign(position, this.#given[position] as number);
  }

  #assign(position: number, set: number): void {
    this.#sets[position] = set;
    this.#lastBefore = Math.min(this.#lastBefore, position);
    this.#firstFits = Math.max(this.#firstFits, position + 1);
  }

  /** Makes the tables hold on both sides of a position. */
  #reach(position: number): void {
    while (this.#lastBefore < position) this.#stepForward(this.#lastBefore++);
    while (this.#firstFits > position + 1) this.#stepBack(--this.#firstFits);
  }

  #stepForward(i: number): void {
    const from = this.#before[i] as Uint32Array;
    const to = (this.#before[i + 1] as Uint32Array).fill(0);
    this.#eachStep(i, (state, next, shift) => {
      for (let word = this.#width - 1; word >= 0; word--) {
        const low = word > 0 ? (from[state * this.#width + word - 1] as number) : 0;
        const own = from[state * this.#width + word] as number;
        const moved = shift === 0 ? own : (own << 1) | (low >>> (WORD_BITS - 1));
        const at = next * this.#width + word;
        to[at] = (to[at] as number) | moved;
      }
    });
    // A state in which a forbidden word ends is no state to be in.
    const { isMember } = this.#plan.sets.alive(this.#plan.kinds[i + 1] as number);
    for (let state = 0; state < isMember.length; state++) {
      if (isMember[state] === 0) to.fill(0, state * this.#width, (state + 1) * this.#width);
    }
  }

  #stepBack(i: number): void {
    const from = this.#fits[i + 1] as Uint32Array;
    const to = (this.#fits[i] as Uint32Array).fill(0);
    const { isMember } = this.#plan.sets.alive(this.#plan.kinds[i] as number);
    this.#eachStep(i, (state, next, shift) => {
      if (isMember[state] === 0) return;
      for (let word = 0; word < this.#width; word++) {
        const high = word + 1 < this.#width ? (from[next * this.#width + word + 1] as number) : 0;
        const own = from[next * this.#width + word] as number;
        const moved = shift === 0 ? own : (own >>> 1) | (high << (WORD_BITS - 1));
        const at = state * this.#width + word;
        to[at] = (to[at] as number) | moved;
      }
    });
  }

  /** Every state with every base of position `i`, the state that follows, and what the base adds to the number. */
  #eachStep(i: number, visit: (state: number, next: number, shift: number) => void): void {
    const set = this.#sets[i] as number;
    for (let state = 0; state < this.#plan.sets.states; state++) {
      for (let base = 0; base < BASE_COUNT; base++) {
        if (hasBase(set, base)) visit(state, this.#plan.sets.nextState(state, base), shiftOf(base));
      }
    }
  }

  /** Whether a number before `state`, and `shift` more, is one with which the rest after `next` can be filled. */
  #doMeet(
    before: Uint32Array,
    state: number,
    fits: Uint32Array,
    next: number,
    shift: number,
  ): boolean {
    for (let word = 0; word < this.#width; word++) {
      const own = before[state * this.#width + word] as number;
      const low = word > 0 ? (before[state * this.#width + word - 1] as number) : 0;
      const moved = shift === 0 ? own : (own << 1) | (low >>> (WORD_BITS - 1));
      if ((moved & (fits[next * this.#width + word] as number)) !== 0) return true;
    }
    return false;
  }
}

function shiftOf(base: number): number {
  return (GC_BASES >> base) & 1;
}
