/** Tables with a caption and scoped heads, in a frame that scrolls when the page is narrow. */

import { html, type Markup, type Part } from "./markup.ts";

export interface TableOptions {
  /** In a sentence or two. */
  readonly caption: Part;
  /** The caption's text, for the frame's name. */
  readonly name: string;
  /** Of the columns; the first is that of the rows' heads. */
  readonly head: readonly Cell[];
  /** Bodies are set apart by a rule. */
  readonly bodies: readonly (readonly TableRow[])[];
  /** With many columns: errors stand below their numbers. */
  readonly isDense?: boolean;
}

interface TableRow {
  readonly head: Part;
  readonly cells: readonly Cell[];
  readonly isStrong?: boolean;
}

/** Text of a cell, or with a class. */
export type Cell = Part | ClassedCell;

interface ClassedCell {
  readonly body: Part;
  readonly className: "best" | "text" | "text wrap" | "hash text";
}

export function table({ caption, name, head, bodies, isDense }: TableOptions): Markup {
  const heads = head.map((text, i) =>
    headOf(i === 0 && !isClassed(text) ? { body: text, className: "text" } : text),
  );
  const groups = bodies
    .filter((rows) => rows.length > 0)
    .map(
      (rows) => html`<tbody>${rows.map(rowOf)}</tbody>
`,
    );
  return scrolling(
    name,
    html`<table${isDense === true ? html` class="dense"` : undefined}><caption>${captionBody(caption)}</caption><thead><tr>${heads}</tr></thead>
${groups}</table>`,
  );
}

/** Stays in sight while a wide table scrolls under it. */
export function captionBody(caption: Part): Markup {
  return html`<div>${caption}</div>`;
}

/** A frame that the keyboard can scroll. */
export function scrolling(name: string, body: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">${body}</div>
`;
}

function headOf(cell: Cell): Markup {
  if (isClassed(cell)) return html`<th scope="col" class="${cell.className}">${cell.body}</th>`;
  return html`<th scope="col">${cell}</th>`;
}

function rowOf({ head, cells, isStrong }: TableRow): Markup {
  const open = isStrong === true ? html`<tr class="strong">` : html`<tr>`;
  return html`${open}<th scope="row">${head}</th>${cells.map(cellOf)}</tr>
`;
}

function cellOf(cell: Cell): Markup {
  if (isClassed(cell)) return html`<td class="${cell.className}">${cell.body}</td>`;
  return html`<td>${cell}</td>`;
}

function isClassed(cell: Cell): cell is ClassedCell {
  return typeof cell === "object" && !Array.isArray(cell) && "className" in cell;
}
