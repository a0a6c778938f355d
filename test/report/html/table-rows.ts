/** What a table of a page shows. */

import { type HtmlDocument, type HtmlElement, within } from "../../support/parse-html.ts";

/** Cells of the table whose frame has a name, row by row; within the section of an id where one is given. */
export function tableRows(document: HtmlDocument, name: string, section?: string): string[][] {
  const frame = document.elements.find(
    (one) =>
      one.attributes.get("aria-label") === name &&
      (section === undefined ||
        ancestors(one).some(({ attributes }) => attributes.get("id") === section)),
  );
  if (frame === undefined) throw new Error(`no table ${name}`);
  return within(frame)
    .filter(({ tag, parent }) => tag === "tr" && parent?.tag === "tbody")
    .map(({ children }) => children.map(({ text }) => text));
}

export function ancestors({ parent }: HtmlElement): HtmlElement[] {
  return parent === undefined ? [] : [parent, ...ancestors(parent)];
}
