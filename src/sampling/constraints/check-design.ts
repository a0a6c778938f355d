/**
 * Whether a finished sequence keeps the rules: read off the sequence place by place, with nothing of what the samplers
 * steer by, so that neither can hide a mistake of the other.
 */

import { BASE_COUNT } from "../../tokens/alphabet.ts";
import type { DesignRules } from "./design-rules.ts";

/**
 * Returns what a sequence breaks, positions from 1; empty where it keeps every rule.
 *
 * @param ids [rules.length] bases
 */
export function designViolations(
  { length, sets, words, gc }: DesignRules,
  ids: Uint8Array,
): string[] {
  const violations: string[] = [];
  if (ids.length !== length) return [`expected ${length} bases, got ${ids.length}`];
  const stands = (position: number, set: number): boolean => {
    const id = ids[position] as number;
    return id < BASE_COUNT && ((set >> id) & 1) === 1;
  };
  for (let i = 0; i < length; i++) {
    if (!stands(i, sets[i] as number))
      violations.push(`a base that position ${i + 1} may not have`);
  }
  for (const { name, sets: word, places } of words) {
    for (let start = places.from; start + word.length <= places.to; start += places.step) {
      if (word.every((set, i) => stands(start + i, set))) {
        violations.push(`${name} at ${start + 1}-${start + word.length}`);
      }
    }
  }
  for (const { window, least, most } of gc) {
    for (let start = 0; start + window <= length; start++) {
      let count = 0;
      for (let i = start; i < start + window; i++) if (ids[i] === 1 || ids[i] === 2) count++;
      if (count < least || count > most) {
        violations.push(
          `${count} G and C at ${start + 1}-${start + window}, where ${least} to ${most} are asked for`,
        );
      }
    }
  }
  return violations;
}
