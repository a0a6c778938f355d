/** Rows of any source to sequences; every reader's rows are checked here, and only here. */

import { TableError } from "../../errors.ts";
import type { StrandedInterval } from "../../genome/interval.ts";
import { describeBadBase, normaliseBases } from "../../genome/nucleotide.ts";
import { encodeBases } from "../../tokens/encode.ts";
import { formatCount } from "../../util/format.ts";
import type { NamedSequence } from "./labelled-sequence.ts";

/** Bases of one sequence; no head is trained on longer ones. */
export const MAX_SEQUENCE_BASES: number = 2 ** 20;
/** Sequences of one set. */
export const MAX_SEQUENCES: number = 2 ** 24;
/** UTF-16 units of one id. */
const MAX_ID_UNITS = 500;

export interface SequenceRow {
  /** Absent where the source has none; the row's number, from 1 on, then. */
  readonly id?: string;
  /** IUPAC letters in either case, as text or ASCII; others than A C G T N become N. */
  readonly bases: string | Uint8Array;
  /** Where the bases lie; they are those of its strand. */
  readonly interval?: StrandedInterval;
}

/** What messages call the rows: `a.csv`, and a row of it `a.csv line 3`. */
export interface SequenceSource {
  readonly name: string;
  readonly placeOf: (row: number) => string;
}

/**
 * Checks and encodes rows, in their order.
 *
 * @param what messages call the sequences: `labelled sequences`
 * @throws {TableError} naming the row, when an id, bases or an interval are not as they should be, or an id comes twice;
 *   when there are no rows, or too many
 */
export function makeSequences(
  rows: readonly SequenceRow[],
  { name, placeOf }: SequenceSource,
  what = "sequences",
): NamedSequence[] {
  if (rows.length === 0) throw new TableError(`${name}: expected ${what}, got no rows`);
  if (rows.length > MAX_SEQUENCES) {
    throw new TableError(
      `${name}: expected at most ${formatCount(MAX_SEQUENCES)} sequences, got ${formatCount(rows.length)}`,
    );
  }
  const rowOf = new Map<string, number>();
  return rows.map((row, at): NamedSequence => {
    const refuse = (complaint: string): never => {
      throw new TableError(`${placeOf(at)}: ${complaint}`);
    };
    const id = row.id ?? String(at + 1);
    checkId(id, refuse);
    const before = rowOf.get(id);
    if (before !== undefined) {
      refuse(
        `expected ids that are unique, got ${JSON.stringify(id)} again after ${placeOf(before)} (rename one, or leave ids out)`,
      );
    }
    rowOf.set(id, at);
    const ids = encodeSequence(row.bases, refuse);
    const { interval } = row;
    if (interval === undefined) return { id, ids };
    checkPlace(interval, ids.length, refuse);
    return { id, ids, interval };
  });
}

function checkId(id: string, refuse: (what: string) => never): void {
  if (id === "") refuse("expected an id, got nothing");
  if (id.length > MAX_ID_UNITS) {
    refuse(`expected an id of at most ${MAX_ID_UNITS} characters, got ${formatCount(id.length)}`);
  }
  if (/\p{Cc}/u.test(id)) {
    refuse(`expected an id without control characters, got ${JSON.stringify(id)}`);
  }
}

function encodeSequence(given: string | Uint8Array, refuse: (what: string) => never): Uint8Array {
  if (given.length === 0) refuse("expected a sequence, got nothing");
  if (given.length > MAX_SEQUENCE_BASES) {
    refuse(
      `expected at most ${formatCount(MAX_SEQUENCE_BASES)} bases, got ${formatCount(given.length)}`,
    );
  }
  const bytes = typeof given === "string" ? new TextEncoder().encode(given) : given;
  const bases = new Uint8Array(bytes.length);
  const stop = normaliseBases(bytes, 0, bytes.length, bases, 0);
  if (stop < bytes.length) {
    refuse(`base ${formatCount(stop + 1)}: ${describeBadBase(bytes[stop] as number)}`);
  }
  return encodeBases(bases).ids;
}

function checkPlace(
  interval: StrandedInterval,
  bases: number,
  refuse: (what: string) => never,
): void {
  const { contig, start, end } = interval;
  if (contig === "") refuse("expected the name of a contig, got nothing");
  const isOrdered = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0;
  if (!isOrdered || start >= end) {
    refuse(`expected whole numbers with 0 <= start < end, got start ${start} and end ${end}`);
  }
  if (end - start !== bases) {
    refuse(
      `expected as many bases as the interval has, ${formatCount(end - start)}, got ${formatCount(bases)} (start is 0-based, end is not in it; or leave the coordinates out)`,
    );
  }
}
