/** The classes of a set from the labels of its rows: the same ones in the same order, whatever the order of the rows. */

import { formatCount } from "../../util/format.ts";

/** More are a column of numbers or of names, not of classes. */
const MAX_CLASSES = 1024;
/** UTF-16 units of one label. */
const MAX_LABEL_UNITS = 200;
const WHOLE_NUMBER = /^(?:0|-?[1-9][0-9]{0,14})$/;

/**
 * Returns the distinct labels in order: whole numbers by size, other names by code unit.
 *
 * @param refuse called with the row and what is wrong: a label that is empty, too long, or has blanks around it or
 *   control characters, numbers beside names, two that differ in case only, or too many
 */
export function classNames(
  labels: readonly string[],
  refuse: (row: number, what: string) => never,
): readonly string[] {
  const firstRow = new Map<string, number>();
  const byLowerCase = new Map<string, string>();
  labels.forEach((label, row) => {
    if (firstRow.has(label)) return;
    const reason = badLabel(label);
    if (reason !== undefined) refuse(row, reason);
    const other = byLowerCase.get(label.toLowerCase());
    if (other !== undefined) {
      refuse(
        row,
        `expected classes that differ in more than case, got ${JSON.stringify(other)} before and ${JSON.stringify(label)} here (write one of them everywhere)`,
      );
    }
    if (firstRow.size === MAX_CLASSES) {
      refuse(
        row,
        `expected at most ${formatCount(MAX_CLASSES)} classes, got one more, ${JSON.stringify(label)} (is this the column of labels?)`,
      );
    }
    byLowerCase.set(label.toLowerCase(), label);
    firstRow.set(label, row);
  });
  const names = [...firstRow.keys()];
  const numbers = names.filter((name) => WHOLE_NUMBER.test(name));
  if (numbers.length === names.length) return names.sort((a, b) => Number(a) - Number(b));
  const [number] = numbers;
  if (number !== undefined) {
    const word = names.find((name) => !WHOLE_NUMBER.test(name)) as string;
    const [before, here] =
      names.indexOf(number) < names.indexOf(word) ? [number, word] : [word, number];
    refuse(
      firstRow.get(here) as number,
      `expected labels that are all whole numbers or all names, got ${JSON.stringify(before)} before and ${JSON.stringify(here)} here (write one kind)`,
    );
  }
  return names.sort(); // by code unit, whatever the locale
}

function badLabel(label: string): string | undefined {
  if (label === "") return "expected a label, got nothing";
  if (label.length > MAX_LABEL_UNITS) {
    return `expected a label of at most ${MAX_LABEL_UNITS} characters, got ${formatCount(label.length)} (is this the column of labels?)`;
  }
  if (label.trim() !== label || /\p{Cc}/u.test(label)) {
    return `expected a label without blanks around it and without control characters, got ${JSON.stringify(label)}`;
  }
  return undefined;
}
