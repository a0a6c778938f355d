/** Rules made ready to steer rows: which of the three ways of doing it they need, and whether that is exact. */

import { CountRow, countTableSize } from "./count-row.ts";
import type { DesignRow } from "./design-row.ts";
import type { DesignRules } from "./design-rules.ts";
import { type GcConflict, gcPlan } from "./gc-plan.ts";
import { JointRow } from "./joint-row.ts";
import { wordPlan } from "./word-plan.ts";
import { WordRow } from "./word-row.ts";

export interface DesignPlan {
  /**
   * Whether every set that a row gives is exactly what can be filled up to the end. Otherwise it holds all of that and
   * rarely more: forbidden words together with ranges of G and C in windows.
   */
  readonly isExact: boolean;
  /**
   * Returns a row to steer.
   *
   * @param sets [length] narrower sets than the rules' own, where something more was decided for this row; copied
   */
  row(sets?: Uint8Array): DesignRow;
}

/** Size of the tables that count G and C in every state beyond which a row does without them. */
const MOST_COUNT_TABLE = 2 ** 18;

/**
 * Returns the plan of rules, or the places of ranges of G and C that contradict each other.
 *
 * @throws {ConfigError} when the words' automaton has too many states
 */
export function designPlan({ length, sets, words, gc }: DesignRules): DesignPlan | GcConflict {
  const plan = wordPlan(words, length);
  const [range, ...others] = gc;
  if (range === undefined) {
    return { isExact: true, row: (own = sets) => new WordRow(plan, own) };
  }
  const counts = gcPlan(gc, sets);
  if ("places" in counts) return counts;
  const isWhole = others.length === 0 && range.window === length;
  if (words.length > 0 && isWhole && countTableSize(plan) <= MOST_COUNT_TABLE) {
    return { isExact: true, row: (own = sets) => new CountRow(plan, range, own) };
  }
  return {
    isExact: words.length === 0,
    row: (own = sets) => new JointRow(plan, counts, own),
  };
}
