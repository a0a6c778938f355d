/** Values of binary tables as a CSV file would spell them. */

/**
 * Returns the text of one cell: "" for null, whole numbers in digits whatever their type, true and false as words.
 *
 * @param refuse called with what is wrong: a number that is not whole, or anything that is no single value
 */
export function cellText(value: unknown, refuse: (what: string) => never): string {
  switch (typeof value) {
    case "string":
      return value;
    case "bigint":
    case "boolean":
      return String(value);
    case "number":
      if (Number.isSafeInteger(value)) return String(value);
      return refuse(`expected text or a whole number, got ${value}`);
    default:
      if (value === null || value === undefined) return "";
      return refuse("expected text or a whole number, got neither");
  }
}
