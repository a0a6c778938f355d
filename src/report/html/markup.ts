/** HTML and SVG by a tagged template that escapes all that is not markup already. */

/** Text that is markup; only `html` makes it, and `literal` from text in the source. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Undefined is nothing; a list is its items, one after another. */
export type Part = string | number | Markup | undefined | readonly Part[];

/** Parts stand between tags or in attributes with double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const text = strings.map((string, i) => (i === 0 ? string : textOf(parts[i - 1]) + string));
  return new Markup(text.join(""));
}

/** Text of an author of gdiff, such as its style sheet: never a part of a record. */
export function literal(text: string): Markup {
  return new Markup(text);
}

function textOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeText(part);
  return part.map(textOf).join("");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters, which HTML has no way to write, become a box (U+FFFD); lines and tabs stay. */
function escapeText(text: string): string {
  return (
    text
      .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] as string)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
  );
}
