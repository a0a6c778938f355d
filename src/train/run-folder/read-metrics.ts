import { readFile } from "node:fs/promises";
import { diskFailure } from "./disk-failure.ts";
import { parseMetricsLines, type ReadMetricsRecord } from "./metrics-lines.ts";

/**
 * Reads the records of a log, in its order; a run may be writing it.
 *
 * @throws {FileError} when it cannot be read, or a line is not a record
 */
export async function readMetrics(path: string): Promise<readonly ReadMetricsRecord[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw diskFailure(error, "read", path);
  }
  return parseMetricsLines(text, path).map(({ record }) => record);
}
