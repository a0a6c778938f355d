/** Facts by name, one below the other. */

import { html, type Markup, type Part } from "./markup.ts";

export function factList(facts: readonly (readonly [name: string, value: Part])[]): Markup {
  return html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
