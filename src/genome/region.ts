/**
 * Region text, 1-based and inclusive, to intervals and back; it exists only here. The grammar is samtools':
 *
 *     list   = region { "," region }              blanks around a region are skipped
 *     region = name [ ":" number [ "-" number ] ]  without numbers the whole contig, without an end to its end
 *     name   = "{" any text "}" | text without "," braces only needed for a name that is ambiguous or holds a comma
 *     number = digits | groups of three digits with commas between them
 *
 * A comma followed by exactly three digits inside a number groups its thousands; every other comma ends the region.
 */

import { RegionError } from "../errors.ts";
import { formatCount } from "../util/format.ts";
import { checkInterval } from "./check-interval.ts";
import { type AliasGroup, resolveContig } from "./contig-alias.ts";
import type { Contig } from "./genome.ts";
import type { Interval } from "./interval.ts";

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?!\d)|\d+`;
const COORDINATES = `:(${NUMBER})(?:-(${NUMBER}))?`;
/** One region and the separator after it, in text without runs of blanks, on which it would take quadratic time. */
const LISTED: RegExp = new RegExp(
  String.raw` ?((?:\{[^}]*\}|[^ ,{}][^,{}]*?)(?:${COORDINATES})?) ?(?:,|$)`,
  "y",
);
const WITH_COORDINATES: RegExp = new RegExp(`^(.*?)${COORDINATES}$`);
/** Characters of a list; a longer one belongs into a BED file. */
const MAX_LIST_CHARACTERS = 100_000;

/**
 * Parses one region.
 *
 * @throws {RegionError} when the text is no region, its contig is unknown, or it does not lie on the contig
 */
export function parseRegion(
  text: string,
  contigs: readonly Contig[],
  aliases?: readonly AliasGroup[],
): Interval {
  const whole = contigs.find((contig) => contig.name === text);
  const match = WITH_COORDINATES.exec(text);
  if (match === null) {
    const contig = whole ?? resolveContig(contigs, checkName(text), aliases);
    return { contig: contig.name, start: 0, end: contig.length };
  }
  const name = match[1] as string;
  const first = match[2] as string;
  const last = match[3];
  if (whole !== undefined) {
    if (contigs.some((contig) => contig.name === name)) {
      throw new RegionError(
        `expected one meaning of ${text}, but it is a contig and a part of ${name} (write {${text}} or {${name}}${text.slice(name.length)})`,
      );
    }
    return { contig: whole.name, start: 0, end: whole.length };
  }
  const contig = resolveContig(contigs, checkName(name), aliases);
  const start = position(first, text) - 1;
  const end = last === undefined ? contig.length : position(last, text);
  if (start < 0) throw new RegionError(`${text}: positions begin at 1, got 0`);
  if (last !== undefined && start >= end) {
    throw new RegionError(`${text}: expected a start at or before the end`);
  }
  if (start >= contig.length) {
    throw new RegionError(
      `${text}: start is past ${contig.name} (${formatCount(contig.length)} bases)`,
    );
  }
  const interval = { contig: contig.name, start, end };
  checkInterval(interval, contig);
  return interval;
}

/**
 * Parses regions separated by commas.
 *
 * @throws {RegionError} when the list is empty, or for one of its regions as `parseRegion`
 */
export function parseRegionList(
  text: string,
  contigs: readonly Contig[],
  aliases?: readonly AliasGroup[],
): Interval[] {
  if (text.length > MAX_LIST_CHARACTERS) {
    throw new RegionError(
      `expected at most ${formatCount(MAX_LIST_CHARACTERS)} characters of regions, got ${formatCount(text.length)} (put them in a BED file)`,
    );
  }
  const list = text.replaceAll(/\s+/g, " ");
  const intervals: Interval[] = [];
  for (let at = 0, hasMore = true; hasMore; ) {
    LISTED.lastIndex = at;
    const match = LISTED.exec(list);
    if (match === null) {
      throw new RegionError(
        `expected regions such as chr20:1-7,000,000,chr21, got ${JSON.stringify(text)}`,
      );
    }
    intervals.push(parseRegion(match[1] as string, contigs, aliases));
    at += match[0].length;
    hasMore = match[0].endsWith(",");
  }
  return intervals;
}

/** Writes an interval as region text: `chr1:10,001-20,000`. */
export function formatRegion(interval: Interval): string {
  return `${interval.contig}:${formatCount(interval.start + 1)}-${formatCount(interval.end)}`;
}

function checkName(name: string): string {
  const bare = /^\{(.*)\}$/.exec(name)?.[1] ?? name;
  if (bare !== "") return bare;
  throw new RegionError("expected a region such as chr1:10,001-20,000, got no contig name");
}

function position(digits: string, text: string): number {
  const value = Number(digits.replaceAll(",", ""));
  if (Number.isSafeInteger(value)) return value;
  throw new RegionError(`${text}: expected a position below 2^53`);
}
