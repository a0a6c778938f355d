/** Trials that failed, with what training said. */

import type { SetReport } from "../benchmark-record.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { settingsCell } from "./settings-tables.ts";

/** Nothing where no trial failed. */
export function failuresTable({ failures }: SetReport): Markup | undefined {
  if (failures.length === 0) return undefined;
  return table({
    name: "Trials that failed",
    caption: html`<b>Trials that failed.</b> A setting with one of them is not chosen. Once a trial’s folder is deleted, the same command tries it again.`,
    head: ["", "seed", ...["settings", "reason", "folder"].map(textHead)],
    bodies: [
      failures.map(({ label, settings, seed, reason, folder }) => ({
        head: label,
        cells: [
          String(seed),
          settingsCell(settings),
          { body: reason, className: "text wrap" as const },
          { body: folder, className: "text wrap" as const },
        ],
      })),
    ],
  });
}

function textHead(body: string) {
  return { body, className: "text" as const };
}
