/** The files of a comparison. */

import { checkTablePath, writeTable } from "../../src/data/table/write-table.ts";
import { comparePage } from "../../src/report/compare/compare-page.ts";
import { compareTable } from "../../src/report/compare/compare-table.ts";
import type { CompareRecord } from "../../src/report/compare-record.ts";
import { checkWritable, writeFileAtomic } from "../../src/util/atomic-file.ts";

/** @throws {FileError} when one of the files may not be written */
export async function checkReportPaths(page: string): Promise<void> {
  const [, json, table] = pathsOf(page);
  checkWritable(page);
  checkWritable(json);
  await checkTablePath(table);
}

/** Writes the page, and JSON and a table beside it; returns their paths, the page's first. */
export async function writeComparison(page: string, record: CompareRecord): Promise<string[]> {
  const [, json, table] = pathsOf(page);
  const write = (path: string, text: string): Promise<void> =>
    writeFileAtomic(path, new TextEncoder().encode(text));
  await writeTable(table, compareTable(record));
  await write(json, `${JSON.stringify(record, undefined, 1)}\n`);
  await write(page, comparePage(record));
  return [page, json, table];
}

/** Names that a table of the generated sequences themselves, which stands beside their FASTA, does not have. */
function pathsOf(page: string): readonly [page: string, json: string, table: string] {
  const stem = page.replace(/\.html?$/i, "");
  return [page, `${stem}.numbers.json`, `${stem}.numbers.arrow`];
}
