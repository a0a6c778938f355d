/** The files of a benchmark's report. */

import { join } from "node:path";
import { arrowBatches } from "../../src/data/table/arrow-batches.ts";
import { benchmarkMarkdown } from "../../src/report/benchmark/benchmark-markdown.ts";
import { benchmarkPage } from "../../src/report/benchmark/benchmark-page.ts";
import type { BenchmarkRecord } from "../../src/report/benchmark-record.ts";
import { writeFileAtomic, writePiecesAtomic } from "../../src/util/atomic-file.ts";
import { predictionTables } from "./prediction-tables.ts";
import type { ReportedSet } from "./set-report.ts";

/** Paths of the files by what they are. */
export type ReportFiles = Readonly<Record<"json" | "markdown" | "html" | "predictions", string>>;

/** Writes report.json, report.md, report.html and predictions.arrow into `out`. */
export async function writeReport(
  out: string,
  record: BenchmarkRecord,
  sets: readonly ReportedSet[],
): Promise<ReportFiles> {
  const files: ReportFiles = {
    json: join(out, "report.json"),
    markdown: join(out, "report.md"),
    html: join(out, "report.html"),
    predictions: join(out, "predictions.arrow"),
  };
  const write = (path: string, text: string): Promise<void> =>
    writeFileAtomic(path, new TextEncoder().encode(text));
  await writePiecesAtomic(files.predictions, arrowBatches(predictionTables(sets)));
  await write(files.json, `${JSON.stringify(record, undefined, 1)}\n`);
  await write(files.markdown, benchmarkMarkdown(record));
  await write(files.html, benchmarkPage(record));
  return files;
}
