import { formatOneLine } from "../../src/util/format.ts";

/**
 * A table as lines of text, its columns under each other.
 *
 * @param right columns that are set against their right edge, by their numbers from 0
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right }: { readonly right: readonly number[] },
): string {
  const table = [head, ...rows].map((row) => row.map(formatOneLine));
  const widths = head.map((_, column) =>
    table.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  const lines = table.map((row) =>
    row
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        return right.includes(i) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
