/** What a comparison came to, for a terminal. */

import { estimatedText, labelText, STANDING_TEXT } from "../../src/report/compare/figure-text.ts";
import { MEASURE_TEXTS } from "../../src/report/compare/measure-text.ts";
import type { CompareRecord } from "../../src/report/compare-record.ts";
import { formatCount, formatNumberOf } from "../../src/util/format.ts";
import { formatTable } from "../data/text-table.ts";

const HEAD = ["", "generated (95 %)", "real (95 %)", "generated is"];

/** Text: a row a figure under its measure, then what differs among the many, what is missing, and what to know. */
export function formatComparison(record: CompareRecord): string {
  const { measures, absent, notes, sequences, replicates } = record;
  const rows = measures.flatMap(({ measure, figures }) => [
    [MEASURE_TEXTS[measure].title],
    ...figures.map((figure) => [
      `  ${labelText(figure)}`,
      estimatedText(figure.generated, figure.unit),
      estimatedText(figure.real, figure.unit),
      STANDING_TEXT[figure.standing],
    ]),
  ]);
  const others = measures.flatMap(({ measure, details }) => {
    const different = details.filter(
      ({ standing }) => standing === "higher" || standing === "lower",
    );
    if (details.length === 0) return [];
    return `${formatCount(different.length)} of ${formatCount(details.length)} ${MEASURE_TEXTS[measure].details} differ\n`;
  });
  const missing = absent.map(
    ({ measure, reason }) => `not measured: ${MEASURE_TEXTS[measure].short}: ${reason}\n`,
  );
  const size = `${formatNumberOf(sequences, "generated sequence")}, as many real ones, as many of the reference; ${formatCount(replicates)} draws\n`;
  const known = notes.map((note) => `note: ${note}\n`);
  const table = formatTable(HEAD, rows, { right: [] });
  return [size, "\n", table, "\n", ...others, ...missing, ...known].join("");
}
