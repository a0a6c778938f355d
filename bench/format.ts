/** Results for people. */

import type { KernelProfile } from "./profile.ts";
import type { BenchResult } from "./result.ts";

/** Columns as wide as their widest cell; the first to the left, the rest to the right. */
export function formatColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("   ")
      .trimEnd(),
  );
}

/** One measurement as two columns. */
export function formatResult(result: BenchResult): string[] {
  const { findings, ...rest } = result;
  return formatColumns(
    Object.entries({ ...rest, ...findings }).map(([key, value]) => [key, formatValue(value)]),
  );
}

/** Kernels with their calls and time. */
export function formatKernels(kernels: readonly KernelProfile[]): string[] {
  const cells = kernels.map(({ name, calls, milliseconds, isJavaScript }) => [
    name,
    formatValue(calls),
    milliseconds.toFixed(3),
    isJavaScript ? "JavaScript" : "",
  ]);
  return ["", ...formatColumns([["kernel, a step", "calls", "ms", ""], ...cells])];
}

function formatValue(value: unknown): string {
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return Number(value.toPrecision(5)).toString();
}
