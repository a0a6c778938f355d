/** `metrics.jsonl`: one JSON mapping a line, each with the step that it describes. */

import { FileError } from "../../errors.ts";

export interface MetricsRecord {
  readonly step: number;
}

/** A record as it was read: nothing but its step is known. */
export type ReadMetricsRecord = MetricsRecord & Readonly<Record<string, unknown>>;

export interface MetricsLine {
  readonly text: string;
  readonly record: ReadMetricsRecord;
}

/**
 * Parses the lines of a log. A last line that a kill cut short is left out.
 *
 * @throws {FileError} when another line is not a record
 */
export function parseMetricsLines(text: string, path: string): readonly MetricsLine[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  const parsed = lines.map((line, index) => {
    const record = parseRecord(line);
    if (record !== undefined) return { text: line, record };
    const got = line === "" ? "nothing" : JSON.stringify(line.slice(0, 60));
    throw new FileError(
      `${path} line ${index + 1}: expected a JSON mapping with a step, got ${got} (delete the line, or move the file away)`,
    );
  });
  const record = parseRecord(last);
  return record === undefined ? parsed : [...parsed, { text: last, record }];
}

function parseRecord(line: string): ReadMetricsRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is ReadMetricsRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "step" in value &&
    Number.isSafeInteger(value.step)
  );
}
