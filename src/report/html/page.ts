/** A page that stands alone: its style within, no script, nothing fetched. */

import { html, literal, type Markup } from "./markup.ts";
import { STYLE } from "./style.ts";

/** Nothing is loaded, run or sent; the page's own style alone is taken. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export interface PageSection {
  /** Unique in the page; a letter first. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export interface PageOptions {
  readonly title: string;
  /** Under the title: what, when, by which version. */
  readonly lead: string;
  /** Before the first section. */
  readonly opening: Markup;
  readonly sections: readonly PageSection[];
}

/** Returns the whole document. */
export function page({ title, lead, opening, sections }: PageOptions): string {
  const contents = sections.map(
    (section) => html`<li><a href="#${section.id}">${section.title}</a></li>`,
  );
  const bodies = sections.map(
    ({ id, title: name, body }) =>
      html`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${name}</h2>${body}</section>
`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${literal(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${literal(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
<main id="content" tabindex="-1">
<header><h1>${title}</h1><p class="lead">${lead}</p>${opening}</header>
<nav class="contents" aria-label="Contents"><p>Contents</p><ol>${contents}</ol></nav>
<div class="sections">
${bodies}</div>
</main>
</body>
</html>
`.text;
}
