/** The table of samples beside real windows. */

import type { Compared } from "../../src/compare/compare-arms.ts";
import { formatColumns } from "../format.ts";
import type { RealRow, RealSettings } from "./real-dna.ts";

/** Each row's figures with their standard errors; above them what other windows of the reference come to. */
export function formatReal(
  { sequences, reference }: Pick<RealSettings, "sequences" | "reference">,
  rows: readonly RealRow[],
): string[] {
  const [first] = rows;
  if (first === undefined) return [];
  return [
    `${sequences} samples a row beside as many windows of ${reference}; ± is one standard error`,
    "",
    ...formatColumns([
      ["", "calls", "network rows", "6-mer divergence, bits × 1000", "AUROC", "mean GC"],
      [
        `other windows of ${reference}`,
        "",
        "",
        cell(first.divergence.real, 1000, 1),
        cell(first.auroc.real, 1, 3),
        cell(first.gc.real, 1, 3),
      ],
      ...rows.map(({ name, calls, networkRows, divergence, auroc, gc }) => [
        name,
        calls === undefined ? "" : String(calls),
        networkRows?.toFixed(0) ?? "",
        cell(divergence.generated, 1000, 1),
        cell(auroc.generated, 1, 3),
        cell(gc.generated, 1, 3),
      ]),
    ]),
  ];
}

function cell(
  { value, standardError }: Compared["generated"],
  factor: number,
  digits: number,
): string {
  if (value === undefined) return "–";
  const error = standardError === undefined ? "" : ` ± ${(factor * standardError).toFixed(digits)}`;
  return `${(factor * value).toFixed(digits)}${error}`;
}
