/**
 * One row under forbidden words and ranges of G and C together. Each of the two is exact by itself, and each narrows the
 * other's sets until nothing changes: a position that the ranges leave only A and T is filled with A or T in the words'
 * eyes, and so on. What that excludes is impossible; that what is left is possible is certain only where one of the two
 * is absent, so a row can break, and then has to be drawn anew.
 */

import type { DesignRow } from "./design-row.ts";
import { type GcPlan, gcSteps } from "./gc-plan.ts";
import { GcRow } from "./gc-row.ts";
import type { WordPlan } from "./word-plan.ts";
import { WordRow } from "./word-row.ts";

export class JointRow implements DesignRow {
  readonly #plan: WordPlan;
  /** [length] what may stand at each position whatever the others are */
  readonly #given: Uint8Array;
  /** [length] the same, one base where one was revealed */
  readonly #current: Uint8Array;
  readonly #gc: GcRow;
  #words: WordRow;
  #isBroken = false;
  #isStale = true;

  /** @param sets [length] what may stand at each position; copied */
  constructor(words: WordPlan, gc: GcPlan, sets: Uint8Array) {
    this.#plan = words;
    this.#given = sets.slice();
    this.#current = sets.slice();
    this.#gc = new GcRow(gc);
    this.#words = new WordRow(words, sets);
  }

  get isBroken(): boolean {
    this.#refresh();
    return this.#isBroken;
  }

  allowed(position: number): number {
    this.#refresh();
    return this.#isBroken ? (this.#given[position] as number) : this.#words.allowed(position);
  }

  reveal(position: number, base: number): void {
    this.#refresh();
    this.#current[position] = 1 << base;
    if (this.#isBroken) return;
    this.#words.assign(position, 1 << base);
    this.#isBroken = !(this.#gc.assign(position, 1 << base) && this.#settle());
  }

  /** What the position's base had excluded elsewhere is possible again: all is worked out anew when it is next asked for. */
  conceal(position: number): void {
    this.#current[position] = this.#given[position] as number;
    this.#isStale = true;
  }

  #refresh(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#words = new WordRow(this.#plan, this.#current);
    this.#isBroken = !(this.#relaxGc() && this.#settle());
  }

  /** Sets that the numbers of G and C satisfy as they are come first: what is left over from before binds no longer. */
  #relaxGc(): boolean {
    const sets = [...this.#current.entries()];
    const later = sets.filter(([position, set]) => !this.#gc.keeps(position, set));
    return later.every(([position, set]) => this.#gc.assign(position, set));
  }

  /** Narrows both until nothing changes; returns whether something is left everywhere. */
  #settle(): boolean {
    for (;;) {
      if (this.#words.isBroken) return false;
      for (let i = 0; i < this.#current.length; i++) {
        if (!this.#gc.assign(i, this.#words.allowed(i))) return false;
      }
      let isSettled = true;
      for (const [i, set] of this.#gc.allAllowed().entries()) {
        if (isSameKinds(set, this.#words.allowed(i))) continue;
        this.#words.assign(i, set);
        isSettled = false;
      }
      if (isSettled) return true;
    }
  }
}

/** Whether two sets, one within the other, hold the same of the two kinds A or T, G or C. */
function isSameKinds(a: number, b: number): boolean {
  const [kinds, others] = [gcSteps(a), gcSteps(b)];
  return kinds.least === others.least && kinds.most === others.most;
}
