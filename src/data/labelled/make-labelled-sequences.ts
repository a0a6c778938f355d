/** Rows with a class each to a set of labelled sequences. */

import { TableError } from "../../errors.ts";
import { formatCount, formatNames } from "../../util/format.ts";
import { classNames } from "./class-names.ts";
import type { LabelledSequence, LabelledSequences } from "./labelled-sequence.ts";
import { makeSequences, type SequenceRow, type SequenceSource } from "./make-sequences.ts";

export interface LabelledRow extends SequenceRow {
  /** Name of its class. */
  readonly label: string;
  /** Name of its group. */
  readonly group?: string;
}

export interface LabelledSource extends SequenceSource {
  /** Classes that are fixed before, as those of the train split are for its test split; else they are the labels there are. */
  readonly classes?: readonly string[];
}

/**
 * Checks and encodes rows, in their order.
 *
 * @throws {TableError} naming the row, when a label, a group, an id, bases or an interval are not as they should be, an id comes
 *   twice, or there are no rows or fewer than two classes; with fixed classes, when a label is none of them
 */
export function makeLabelledSequences(
  rows: readonly LabelledRow[],
  { name, placeOf, classes: fixed }: LabelledSource,
): LabelledSequences {
  const labels = rows.map(({ label }) => label);
  const refuse = (row: number, what: string): never => {
    throw new TableError(`${placeOf(row)}: ${what}`);
  };
  const classes = fixed ?? (rows.length === 0 ? [] : classNames(labels, refuse));
  if (rows.length > 0 && classes.length < 2) {
    throw new TableError(
      `${name}: expected sequences of at least two classes, got ${formatCount(rows.length)} of ${JSON.stringify(classes[0])} only`,
    );
  }
  const places = classPlaces(labels, classes, refuse);
  const sequences = makeSequences(rows, { name, placeOf }, "labelled sequences").map(
    (sequence, row): LabelledSequence => {
      const { group } = rows[row] as LabelledRow;
      if (group === "") refuse(row, "expected the name of a group, got nothing");
      const label = places[row] as number;
      return { ...sequence, label, ...(group === undefined ? {} : { group }) };
    },
  );
  return { name, classes, sequences };
}

/**
 * Returns the place of each label among the classes.
 *
 * @param refuse called with the row of a label that is none of them
 */
export function classPlaces(
  labels: readonly string[],
  classes: readonly string[],
  refuse: (row: number, what: string) => never,
): Int32Array {
  const places = new Map(classes.map((label, place) => [label, place]));
  return Int32Array.from(
    labels,
    (label, row) =>
      places.get(label) ??
      refuse(
        row,
        `expected one of the classes ${formatNames(classes)}, got ${JSON.stringify(label)}`,
      ),
  );
}
