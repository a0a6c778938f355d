/** The sentence of a value that is not what it should be: what was expected, and what came. */

const SHOWN_CHARACTERS = 60;

/** `expected --batch-size to be a positive integer, got -1 (number)`. */
export function expectedValue(subject: string, expectation: string, value: unknown): string {
  return `expected ${subject} to be ${expectation}, got ${describeValue(value)}`;
}

/** A value with its type, short enough for a sentence: `-1 (number)`, `"x" (string)`, `a list`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Map || typeof value === "object") return "a mapping";
  if (typeof value === "string") return `${quote(value)} (string)`;
  return `${String(value)} (${typeof value})`;
}

function quote(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, SHOWN_CHARACTERS))}…`;
}
