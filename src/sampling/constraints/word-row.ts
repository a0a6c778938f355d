/**
 * One row under forbidden words and sets of bases: which bases still leave a way to the row's end. `reached` holds the
 * states that the bases before a place can lead to, `open` those from which the bases after it can be filled; a base may
 * stand where it leads from the one into the other. Both are exact, so a row never runs into a dead end.
 */

import type { DesignRow } from "./design-row.ts";
import type { StateSet } from "./state-sets.ts";
import type { WordPlan } from "./word-plan.ts";

export class WordRow implements DesignRow {
  readonly #plan: WordPlan;
  /** [length] what may stand at each position whatever the others are */
  readonly #given: Uint8Array;
  /** [length] what may stand there now */
  readonly #sets: Uint8Array;
  /** [length + 1] */
  readonly #reached: StateSet[];
  readonly #open: StateSet[];

  /** @param sets [length] what may stand at each position; copied */
  constructor(plan: WordPlan, sets: Uint8Array) {
    this.#plan = plan;
    this.#given = sets.slice();
    this.#sets = sets.slice();
    const kindAt = (place: number): number => plan.kinds[place] as number;
    this.#reached = [plan.sets.start()];
    this.#open = Array.from(plan.kinds, () => plan.sets.alive(kindAt(plan.length)));
    for (let i = 0; i < plan.length; i++) this.#reached.push(this.#stepForward(i));
    for (let i = plan.length - 1; i >= 0; i--) this.#open[i] = this.#stepBack(i);
  }

  /** Whether the row cannot be filled; only sets that were given or assigned so can bring that about. */
  get isBroken(): boolean {
    return (this.#reached[this.#plan.length] as StateSet).members.length === 0;
  }

  /** What may stand at the position: of its set, the bases with which every other position can still be filled. */
  allowed(position: number): number {
    const bases = this.#sets[position] as number;
    const open = this.#open[position + 1] as StateSet;
    let allowed = 0;
    for (const state of (this.#reached[position] as StateSet).members) {
      allowed |= this.#plan.sets.leadsInto(state, bases, open);
      if (allowed === bases) break;
    }
    return allowed;
  }

  reveal(position: number, base: number): void {
    this.assign(position, 1 << base);
  }

  conceal(position: number): void {
    this.assign(position, this.#given[position] as number);
  }

  /** Gives the position another set; places are computed anew as far as that changes them. */
  assign(position: number, set: number): void {
    if (this.#sets[position] === set) return;
    this.#sets[position] = set;
    for (let i = position; i < this.#plan.length; i++) {
      const after = this.#stepForward(i);
      if (after === this.#reached[i + 1]) break;
      this.#reached[i + 1] = after;
    }
    for (let i = position; i >= 0; i--) {
      const before = this.#stepBack(i);
      if (before === this.#open[i]) break;
      this.#open[i] = before;
    }
  }

  #stepForward(i: number): StateSet {
    const { sets, kinds } = this.#plan;
    return sets.after(
      this.#reached[i] as StateSet,
      this.#sets[i] as number,
      kinds[i + 1] as number,
    );
  }

  #stepBack(i: number): StateSet {
    const { sets, kinds } = this.#plan;
    return sets.before(this.#open[i + 1] as StateSet, this.#sets[i] as number, kinds[i] as number);
  }
}
