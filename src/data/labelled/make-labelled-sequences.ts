/** Rows of any source to a set of labelled sequences; every reader's rows are checked here, and only here. */

import { TableError } from "../../errors.ts";
import type { StrandedInterval } from "../../genome/interval.ts";
import { describeBadBase, normaliseBases } from "../../genome/nucleotide.ts";
import { encodeBases } from "../../tokens/encode.ts";
import { formatCount, formatNames } from "../../util/format.ts";
import { classNames } from "./class-names.ts";
import type { LabelledSequence, LabelledSequences } from "./labelled-sequence.ts";

/** Bases of one sequence; no head is trained on longer ones. */
export const MAX_SEQUENCE_BASES: number = 2 ** 20;
/** Sequences of one set. */
export const MAX_SEQUENCES: number = 2 ** 24;
/** UTF-16 units of one id. */
const MAX_ID_UNITS = 500;

export interface LabelledRow {
  /** Absent where the source has none; the row's number, from 1 on, then. */
  readonly id?: string;
  /** Name of its class. */
  readonly label: string;
  /** IUPAC letters in either case, as text or ASCII; others than A C G T N become N. */
  readonly bases: string | Uint8Array;
  /** Where the bases lie; they are those of its strand. */
  readonly interval?: StrandedInterval;
}

export interface LabelledSource {
  /** What messages and tables call the set. */
  readonly name: string;
  /** What messages call a row: `a.csv line 3`. */
  readonly placeOf: (row: number) => string;
  /** Classes that are fixed before, as those of the train split are for its test split; else they are the labels there are. */
  readonly classes?: readonly string[];
}

/**
 * Checks and encodes rows, in their order.
 *
 * @throws {TableError} naming the row, when a label, an id, bases or an interval are not as they should be, an id comes
 *   twice, or there are no rows or fewer than two classes; with fixed classes, when a label is none of them
 */
export function makeLabelledSequences(
  rows: readonly LabelledRow[],
  { name, placeOf, classes: fixed }: LabelledSource,
): LabelledSequences {
  if (rows.length === 0) throw new TableError(`${name}: expected labelled sequences, got no rows`);
  if (rows.length > MAX_SEQUENCES) {
    throw new TableError(
      `${name}: expected at most ${formatCount(MAX_SEQUENCES)} sequences, got ${formatCount(rows.length)}`,
    );
  }
  const refuse = (row: number, what: string): never => {
    throw new TableError(`${placeOf(row)}: ${what}`);
  };
  const labels = rows.map(({ label }) => label);
  const classes = fixed ?? classNames(labels, refuse);
  if (classes.length < 2) {
    throw new TableError(
      `${name}: expected sequences of at least two classes, got ${formatCount(rows.length)} of ${JSON.stringify(classes[0])} only`,
    );
  }
  const places = new Map(classes.map((label, place) => [label, place]));
  const rowOf = new Map<string, number>();
  const sequences = rows.map((row, at): LabelledSequence => {
    const refuseRow = (what: string): never => refuse(at, what);
    const label = places.get(row.label);
    if (label === undefined) {
      refuseRow(
        `expected one of the classes ${formatNames(classes)}, got ${JSON.stringify(row.label)}`,
      );
    }
    const id = row.id ?? String(at + 1);
    checkId(id, refuseRow);
    const before = rowOf.get(id);
    if (before !== undefined) {
      refuseRow(
        `expected ids that are unique, got ${JSON.stringify(id)} again after ${placeOf(before)} (rename one, or leave ids out)`,
      );
    }
    rowOf.set(id, at);
    const ids = encodeSequence(row.bases, refuseRow);
    const { interval } = row;
    if (interval === undefined) return { id, ids, label: label as number };
    checkPlace(interval, ids.length, refuseRow);
    return { id, ids, label: label as number, interval };
  });
  return { name, classes, sequences };
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
