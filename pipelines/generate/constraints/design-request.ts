/** From texts to rules: what is asked for, for a sequence of one length. */

import { ConfigError } from "../../../src/errors.ts";
import type {
  DesignRules,
  ForbiddenWord,
  GcRange,
} from "../../../src/sampling/constraints/design-rules.ts";
import {
  forbiddenSite,
  homopolymerLimit,
} from "../../../src/sampling/constraints/forbidden-words.ts";
import { gcRange } from "../../../src/sampling/constraints/gc-range.ts";
import type { Motif } from "../../../src/sampling/constraints/motif-places.ts";
import { PositionSets } from "../../../src/sampling/constraints/position-sets.ts";
import { withoutStops } from "../../../src/sampling/constraints/reading-frame.ts";
import { isBase } from "../../../src/tokens/alphabet.ts";
import { ALL_BASES } from "../../../src/tokens/base-set.ts";
import { formatCount } from "../../../src/util/format.ts";
import { parsed } from "./constraint-inputs.ts";
import {
  type Insert,
  parseFrame,
  parseGcWindow,
  parseInsert,
  parseLetters,
  parseShares,
  parseSite,
  type Shares,
} from "./constraint-texts.ts";
import type { Template } from "./design.ts";
import type { Constraints } from "./options.ts";

export interface DesignRequest {
  readonly rules: DesignRules;
  /** Motifs whose place is drawn. */
  readonly motifs: readonly Motif[];
}

/** @throws {ConfigError} when constraints do not fit into the length, or contradict each other at a position */
export function designRequest(template: Template, asked: Constraints): DesignRequest {
  const { length } = template.ids;
  const positions = new PositionSets(length);
  const kept = template.ids.map((id) => (isBase(id) ? 1 << id : ALL_BASES));
  positions.narrow(0, kept, "the prompt");
  if (template.sets !== undefined) positions.narrow(0, template.sets, "--iupac");
  const { flank5, flank3 } = asked;
  if (flank5 !== undefined) positions.narrow(0, letters(flank5), `--flank5 ${flank5}`);
  if (flank3 !== undefined) {
    positions.narrow(length - flank3.length, letters(flank3), `--flank3 ${flank3}`);
  }
  const inserts = (asked.insert ?? []).map((text) => parsed(parseInsert(text)));
  for (const { letters: motif, sets, start, distance } of inserts) {
    if (distance === 0) positions.narrow(start, sets, `--insert ${motif}@${start + 1}`);
  }
  return {
    rules: {
      length,
      sets: positions.sets,
      words: [...forbiddenWords(asked, length)],
      gc: [...gcRanges(asked, length)],
    },
    motifs: inserts.filter(({ distance }) => distance > 0).map((insert) => motifOf(insert, length)),
  };
}

function letters(text: string): Uint8Array {
  return parsed(parseLetters(text));
}

function motifOf({ letters: name, sets, start, distance }: Insert, length: number): Motif {
  const first = Math.max(0, start - distance);
  const last = Math.min(length - sets.length, start + distance);
  if (first > last) {
    throw new ConfigError(
      `expected --insert ${name}@${start + 1}~${distance} within ${formatCount(length)} bases, got no place for it`,
    );
  }
  return { name, sets, first, last };
}

function* forbiddenWords(asked: Constraints, length: number): Generator<ForbiddenWord> {
  for (const text of asked.forbid ?? []) {
    const { name, sets } = parsed(parseSite(text));
    yield* forbiddenSite(name, sets, length);
  }
  if (asked.maxHomopolymer !== undefined) yield* homopolymerLimit(asked.maxHomopolymer, length);
  for (const text of asked.noStops ?? []) {
    const { region = { start: 0, end: length }, frame } = parsed(parseFrame(text));
    if (region.end > length) {
      throw new ConfigError(
        `expected --no-stops ${text} within ${formatCount(length)} bases, got a region that ends at ${formatCount(region.end)}`,
      );
    }
    yield* withoutStops({ ...region, frame });
  }
}

function* gcRanges({ gc, gcWindow }: Constraints, length: number): Generator<GcRange> {
  const whole = gc === undefined ? undefined : parsed(parseShares(gc));
  if (whole !== undefined) yield rangeOf(length, whole, `--gc ${gc}`);
  if (gcWindow === undefined) return;
  const { window, shares: own } = parsed(parseGcWindow(gcWindow));
  if (window > length) {
    throw new ConfigError(
      `expected --gc-window of at most the ${formatCount(length)} bases of the sequence, got ${formatCount(window)}`,
    );
  }
  const shares = own ?? whole;
  const isSaid = own === undefined && window === length; // the range over all of it is the same
  if (shares !== undefined && !isSaid) {
    yield rangeOf(window, shares, `--gc-window ${gcWindow}`);
  }
}

function rangeOf(window: number, { least, most }: Shares, source: string): GcRange {
  const range = gcRange(window, least, most);
  if (range !== undefined) return range;
  const below = Math.floor(least * window);
  const share = (count: number): string => String(Number((count / window).toFixed(4)));
  throw new ConfigError(
    `expected ${source} to be the share of some number of G and C among ${formatCount(window)} bases: ${formatCount(below)} are ${share(below)}, ${formatCount(below + 1)} are ${share(below + 1)}`,
  );
}
