/** A first line of a report: a sign, what it is about, and the sentence. */

import { html, type Markup } from "./markup.ts";

const SIGNS = { above: "▲", unclear: "≈", below: "▼", failed: "✕", absent: "–" } as const;

/** An item of `<ul class="verdicts">`. The sentence says all; sign and colour repeat it. */
export function verdictItem(standing: keyof typeof SIGNS, about: string, text: string): Markup {
  return html`<li class="${standing}"><span class="sign" aria-hidden="true">${SIGNS[standing]}</span><span><b>${about}</b>${text}</span></li>
`;
}
