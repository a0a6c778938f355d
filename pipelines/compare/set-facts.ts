/** What a reader has to know of the sets before any number of them: how large, how long, how alike in that. */

import type { Arms } from "../../src/compare/arms.ts";
import { contentNumber } from "../../src/compare/content-number.ts";
import type { ArmMatches } from "../../src/compare/memorisation/compare-memorisation.ts";
import type { SetFacts } from "../../src/report/compare-record.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { formatCount, formatNumberOf } from "../../src/util/format.ts";
import type { ComparedSet } from "./read-set.ts";

export function setFacts({ name, ids, description }: ComparedSet): SetFacts {
  const lengths = Float64Array.from(ids, ({ length }) => length).sort();
  const bases = lengths.reduce((sum, length) => sum + length, 0);
  let unknown = 0;
  for (const sequence of ids) for (const id of sequence) if (id > 3) unknown++;
  return {
    name,
    ...(description === undefined || description === "" ? {} : { description }),
    sequences: ids.length,
    bases,
    unknown,
    shortest: lengths[0] as number,
    median: lengths[lengths.length >> 1] as number,
    longest: lengths.at(-1) as number,
  };
}

/** Sentences on what makes numbers mean less than they seem to. */
export function setNotes(
  sets: { readonly generated: ComparedSet; readonly reference: ComparedSet },
  facts: { readonly generated: SetFacts; readonly reference: SetFacts },
  arms: Arms,
): string[] {
  const notes: string[] = [];
  const { generated, reference } = facts;
  const size = arms.generated.length;
  if (size < generated.sequences) {
    const wanted = formatCount(2 * generated.sequences);
    notes.push(
      `${formatCount(size)} of ${formatCount(generated.sequences)} generated sequences are compared, as half of the reference is ${formatCount(size)}: a reference of ${wanted} would use them all.`,
    );
  }
  if (!isOneLength(generated, reference)) {
    notes.push(
      `Lengths differ: generated ${lengthText(generated)}, reference ${lengthText(reference)}. Spread of GC, discriminator, longest match, similarity and distinct words depend on it, whatever the bases; --length cuts both sets into pieces of one length.`,
    );
  }
  const shared = sharedSequences(sets.generated, sets.reference);
  if (shared > 0) {
    notes.push(
      `${formatNumberOf(shared, "generated sequence")} ${shared === 1 ? "stands" : "stand"} in the reference too, on either strand: a copy is nearer to the reference than real DNA can be.`,
    );
  }
  if (size < 20) {
    notes.push(
      `With ${formatNumberOf(size, "sequence")} of each set, intervals are wide and rough.`,
    );
  }
  for (const [what, { unknown, bases }] of Object.entries(facts)) {
    if (unknown > bases / 10) {
      notes.push(
        `${Math.round((100 * unknown) / bases)} % of the bases of the ${what} set are N, which no number counts.`,
      );
    }
  }
  return notes;
}

/** What to say where real sequences stand in the training set whole, a sentence; [sequences] each. */
export function heldOutNotes({ matches, lengths }: ArmMatches): string[] {
  const held = matches.filter((match, i) => match === lengths[i]).length;
  if (held === 0) return [];
  return [
    `${formatCount(held)} of ${formatNumberOf(matches.length, "real sequence")} ${held === 1 ? "stands" : "stand"} in the training set whole: they are not held out, so that memory cannot be told from what real DNA shares with it.`,
  ];
}

function isOneLength(a: SetFacts, b: SetFacts): boolean {
  return a.shortest === a.longest && b.shortest === b.longest && a.longest === b.longest;
}

function lengthText({ shortest, median, longest }: SetFacts): string {
  if (shortest === longest) return `${formatCount(longest)} bases`;
  return `${formatCount(shortest)} to ${formatCount(longest)} (median ${formatCount(median)})`;
}

/** Generated sequences that the reference holds, on either strand. */
function sharedSequences(generated: ComparedSet, reference: ComparedSet): number {
  const known = new Set(reference.ids.map(contentNumber));
  return generated.ids.filter(
    (ids) => known.has(contentNumber(ids)) || known.has(contentNumber(reverseComplementIds(ids))),
  ).length;
}
