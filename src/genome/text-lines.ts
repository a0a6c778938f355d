/** Lines of text tables, with what each parser says of a line that it refuses. */

/** Ends the reading with an error that names file and line. */
export type RefuseLine = (what: string) => never;

/**
 * Calls `visit` with every line and its number from 1 on; line ends are LF or CRLF.
 *
 * @param maxCharacters longer lines are refused
 * @param refuseAt throws the parser's error about a line
 */
export function eachLine(
  text: string,
  maxCharacters: number,
  refuseAt: (lineNumber: number, what: string) => never,
  visit: (line: string, lineNumber: number, refuse: RefuseLine) => void,
): void {
  let lineNumber = 0;
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, text[end - 1] === "\r" && end > at ? end - 1 : end);
    at = end + 1;
    lineNumber++;
    const refuse: RefuseLine = (what) => refuseAt(lineNumber, what);
    if (line.length > maxCharacters) {
      refuse(`expected at most ${maxCharacters} characters, got ${line.length}`);
    }
    visit(line, lineNumber, refuse);
  }
}

/** A position in bases as a column of text has it. */
export function parsePosition(text: string, what: string, refuse: RefuseLine): number {
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  return refuse(`expected ${what} to be a whole number below 2^53, got ${JSON.stringify(text)}`);
}
