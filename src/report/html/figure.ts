/** Figures of one or more charts under one caption, with their numbers folded below. */

import { html, type Markup, type Part } from "./markup.ts";

export interface FigurePanel {
  /** undefined where the figure's caption says it */
  readonly heading?: string | undefined;
  readonly chart: Markup;
}

/** @param numbers a table of what the charts show */
export function figure(panels: readonly FigurePanel[], caption: Part, numbers?: Markup): Markup {
  const charts = panels.map(({ heading, chart }) => {
    const title = heading === undefined ? undefined : html`<p>${heading}</p>`;
    return html`<div class="panel">${title}${chart}</div>
`;
  });
  const below = numbers === undefined ? undefined : folded("Numbers of this figure", numbers);
  return html`<figure><div class="panels">${charts}</div><figcaption>${caption}</figcaption></figure>
${below}`;
}

/** What few need to see at once. */
export function folded(summary: string, body: Markup): Markup {
  return html`<details><summary>${summary}</summary>${body}</details>
`;
}
