/**
 * Sets of an automaton's states, and the sets one base before and after them. Every row meets the same few sets again
 * and again, so each is kept once with what was computed from it: a step is a look-up, and equal sets are one object.
 */

import { BASE_COUNT } from "../../tokens/alphabet.ts";
import { hasBase } from "../../tokens/base-set.ts";

/** A set of states; equal sets are the same object as long as the table is not emptied between them. */
export interface StateSet {
  readonly members: Uint16Array;
  readonly isMember: Uint8Array;
  readonly after: Map<number, StateSet>;
  readonly before: Map<number, StateSet>;
}

/** Bytes of distinct sets that are kept; beyond them the table starts anew, which costs time and nothing else. */
const MOST_BYTES = 2 ** 25;

export class StateSets {
  readonly states: number;
  readonly #next: Uint16Array;
  /** [places] of each kind of place, the states that may not be reached there */
  readonly #isDead: readonly Uint8Array[];
  readonly #most: number;
  #known = new Map<string, StateSet>();

  /**
   * @param next [states, 4] the state after each base
   * @param isDead of each kind of place, [states] 1 for the states in which a word has ended that may not end there
   */
  constructor(states: number, next: Uint16Array, isDead: readonly Uint8Array[]) {
    this.states = states;
    this.#next = next;
    this.#isDead = isDead;
    this.#most = Math.ceil(MOST_BYTES / states);
  }

  /** The states that may be reached at a place of a kind. */
  alive(kind: number): StateSet {
    return this.#intern(this.#deadAt(kind).map((dead) => 1 - dead));
  }

  /** State 0 alone. */
  start(): StateSet {
    const isMember = new Uint8Array(this.states);
    isMember[0] = 1;
    return this.#intern(isMember);
  }

  /** The states that one of `bases` leads to from a state of `set`, of those that may be reached at a place of `kind`. */
  after(set: StateSet, bases: number, kind: number): StateSet {
    const key = stepKey(bases, kind);
    const known = set.after.get(key);
    if (known !== undefined) return known;
    const dead = this.#deadAt(kind);
    const isMember = new Uint8Array(this.states);
    for (const state of set.members) {
      for (let base = 0; base < BASE_COUNT; base++) {
        if (!hasBase(bases, base)) continue;
        const next = this.nextState(state, base);
        if (dead[next] === 0) isMember[next] = 1;
      }
    }
    return remember(set.after, key, this.#intern(isMember));
  }

  /** The states, of those that may be reached at a place of `kind`, from which one of `bases` leads into `set`. */
  before(set: StateSet, bases: number, kind: number): StateSet {
    const key = stepKey(bases, kind);
    const known = set.before.get(key);
    if (known !== undefined) return known;
    const dead = this.#deadAt(kind);
    const isMember = new Uint8Array(this.states);
    for (let state = 0; state < this.states; state++) {
      if (dead[state] === 0 && this.leadsInto(state, bases, set) !== 0) isMember[state] = 1;
    }
    return remember(set.before, key, this.#intern(isMember));
  }

  /** Those of `bases` that lead from `state` into `set`. */
  leadsInto(state: number, bases: number, set: StateSet): number {
    let into = 0;
    for (let base = 0; base < BASE_COUNT; base++) {
      if (hasBase(bases, base) && set.isMember[this.nextState(state, base)] === 1)
        into |= 1 << base;
    }
    return into;
  }

  nextState(state: number, base: number): number {
    return this.#next[state * BASE_COUNT + base] as number;
  }

  #deadAt(kind: number): Uint8Array {
    return this.#isDead[kind] as Uint8Array;
  }

  #intern(isMember: Uint8Array): StateSet {
    const members: number[] = [];
    for (let state = 0; state < isMember.length; state++) {
      if (isMember[state] === 1) members.push(state);
    }
    const key = String.fromCharCode(...members);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size === this.#most) this.#known = new Map();
    const set = {
      members: Uint16Array.from(members),
      isMember,
      after: new Map(),
      before: new Map(),
    };
    this.#known.set(key, set);
    return set;
  }
}

function stepKey(bases: number, kind: number): number {
  return kind * 16 + bases;
}

function remember(steps: Map<number, StateSet>, key: number, set: StateSet): StateSet {
  steps.set(key, set);
  return set;
}
