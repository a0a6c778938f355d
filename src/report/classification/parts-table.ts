/** How many sequences of each class every part of a set has. */

import { formatCount } from "../../util/format.ts";
import type { SetReport } from "../benchmark-record.ts";
import type { Markup, Part } from "../html/markup.ts";
import { table } from "../html/table.ts";

export function partsTable(
  { classes, parts }: Pick<SetReport, "classes" | "parts">,
  caption: Part,
): Markup {
  return table({
    name: "Sequences by part and class",
    caption,
    head: ["", ...classes, "all"],
    bodies: [
      parts.map(({ name, counts }) => ({
        head: name,
        cells: [...counts, counts.reduce((sum, count) => sum + count, 0)].map(formatCount),
      })),
    ],
  });
}
