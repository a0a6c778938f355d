/** What ran, with which settings, on which data: the end of every page. */

import { factList } from "./html/fact-list.ts";
import { html, type Markup } from "./html/markup.ts";
import { table } from "./html/table.ts";
import { duration } from "./numbers.ts";
import { backendText, type Provenance } from "./provenance.ts";
import { publicText } from "./public-text.ts";

export function provenanceSection(provenance: Provenance): Markup {
  const { gdiffVersion, date, command, config, hardware, seconds, data } = provenance;
  const rows: readonly (readonly [string, Markup | string])[] = [
    ["gdiff", gdiffVersion],
    ["Date", date],
    ["Command", html`<code>${publicText(command)}</code>`],
    ["Hardware", hardware],
    ["Backend", backendText(provenance)],
    ["Time", duration(seconds)],
  ];
  const hashes = table({
    name: "Data and their digests",
    caption: html`<b>Data</b>, by SHA-256.`,
    head: ["", { body: "SHA-256", className: "text" }],
    bodies: [
      data.map(({ name, sha256 }) => ({
        head: publicText(name),
        cells: [{ body: sha256, className: "hash text" as const }],
      })),
    ],
  });
  return html`${factList(rows)}
${hashes}<h3>Configuration</h3><pre tabindex="0">${publicText(config)}</pre>`;
}
