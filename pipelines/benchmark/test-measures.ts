/** The test of every seed, measured against what the seed's models may have learnt or been chosen by. */

import { namedGroups } from "../../src/data/labelled/named-groups.ts";
import { measureTest, type TestMeasures } from "../labelled/test-measures.ts";
import type { SeedParts } from "./seed-parts.ts";
import type { GivenSet } from "./set-files.ts";

/** Returns the measures of each seed's test; a group has the same number in every seed. */
export function testMeasures(
  given: GivenSet,
  parts: readonly SeedParts[],
): readonly TestMeasures[] {
  const all = (given.test ?? given.train).sequences;
  const groups = namedGroups(all);
  const groupOf = new Map(all.map(({ id }, i) => [id, groups[i] as number]));
  const measure = (own: SeedParts): TestMeasures =>
    measureTest(
      own,
      Int32Array.from(own.test.sequences, ({ id }) => groupOf.get(id) as number),
    );
  if (given.test === undefined) return parts.map(measure);
  const [first] = parts as readonly [SeedParts];
  const shared = measure(first); // an official test, against the whole training part, is the same for every seed
  return parts.map(() => shared);
}
