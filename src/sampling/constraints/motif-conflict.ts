/** Why motifs have no places: the one that fits nowhere and what is in its way, or that they do not fit beside each other. */

import { lettersOfSets } from "../../tokens/iupac.ts";
import { formatCount, formatNames } from "../../util/format.ts";
import { describeConflict } from "./conflict.ts";
import type { DesignPlan } from "./design-plan.ts";
import type { DesignRules } from "./design-rules.ts";
import { type Motif, MotifPlacer } from "./motif-places.ts";

/** Returns what is in the way of motifs that `plan`, of `rules`, has no places for; positions from 1. */
export function describeMotifConflict(
  rules: DesignRules,
  plan: DesignPlan,
  motifs: readonly Motif[],
): string {
  const stray = motifs.find(
    (motif) => new MotifPlacer(plan, rules.sets, [motif]).leftmost() === undefined,
  );
  if (stray === undefined) {
    return `found no places beside each other for ${formatNames(motifs.map(named))}`;
  }
  const first = formatCount(stray.first + 1);
  return `${named(stray)} fits nowhere: at ${first}, ${obstacle(rules, stray)}`;
}

function named({ name, first, last }: Motif): string {
  return `${name} (from ${formatCount(first + 1)} to ${formatCount(last + 1)})`;
}

/** What is in a motif's way at its first start. */
function obstacle(rules: DesignRules, motif: Motif): string | undefined {
  const sets = rules.sets.slice();
  for (const [i, set] of motif.sets.entries()) {
    const position = motif.first + i;
    const before = sets[position] as number;
    sets[position] = before & set;
    if (sets[position] !== 0) continue;
    const letter = (one: number): string => lettersOfSets(Uint8Array.of(one));
    return `position ${formatCount(position + 1)} would be ${letter(set)}, where it has to be ${letter(before)}`;
  }
  return describeConflict({ ...rules, sets });
}
