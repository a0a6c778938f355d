/** What a classifier was trained and tested on, and what the two share. */

import { leakageTables } from "../classification/leakage-tables.ts";
import { partsTable } from "../classification/parts-table.ts";
import type { FinetuneRecord } from "../finetune-record.ts";
import { html, type Markup } from "../html/markup.ts";
import { publicText } from "../public-text.ts";

export function dataSection(record: FinetuneRecord): Markup {
  const { protocol, parts, missing, leakage, set } = record;
  const gaps = missing.map(
    (sentence) => html`<p class="note">${publicText(sentence)}</p>
`,
  );
  const shared =
    leakage === undefined
      ? undefined
      : html`<h3>What the test shares with training</h3>${leakageTables([{ name: set, leakage }])}`;
  return html`<p>${protocol}</p>${gaps}
${parts.length === 0 ? undefined : partsTable(record, html`<b>Sequences</b> by part and class.`)}${shared}`;
}
