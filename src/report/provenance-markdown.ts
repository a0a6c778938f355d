/** What ran, with which settings, on which data: the end of every report in Markdown. */

import { markdownFence, markdownTable, markdownText } from "./markdown.ts";
import { duration } from "./numbers.ts";
import { backendText, type Provenance } from "./provenance.ts";
import { publicText } from "./public-text.ts";

/** Blocks of text, between which an empty line stands. */
export function provenanceMarkdown(provenance: Provenance): string[] {
  const { gdiffVersion, date, command, config, hardware, seconds, data } = provenance;
  return [
    "## Provenance",
    [
      `- gdiff ${markdownText(gdiffVersion)}, ${markdownText(date)}`,
      `- ${markdownText(hardware)}; ${markdownText(backendText(provenance))}; ${duration(seconds)}`,
    ].join("\n"),
    markdownFence(publicText(command)),
    markdownFence(publicText(config)),
    markdownTable(
      ["data", "SHA-256"],
      data.map(({ name, sha256 }) => [publicText(name), sha256]),
    ),
  ];
}
