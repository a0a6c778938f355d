/** The files of a study's report. */

import { join } from "node:path";
import { writeTable } from "../../src/data/table/write-table.ts";
import { studyMarkdown } from "../../src/report/study/study-markdown.ts";
import { studyPage } from "../../src/report/study/study-page.ts";
import { armTable, curveTable, trialTable } from "../../src/report/study/study-tables.ts";
import type { StudyRecord } from "../../src/report/study-record.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";

/** Paths of the files by what they are. */
export type StudyFiles = Readonly<
  Record<"json" | "markdown" | "html" | "arms" | "trials" | "curves", string>
>;

/** Writes report.json, report.md, report.html, and a row an arm, a trial and a validation as arms.arrow, trials.arrow and curves.arrow. */
export async function writeStudy(out: string, record: StudyRecord): Promise<StudyFiles> {
  const files: StudyFiles = {
    json: join(out, "report.json"),
    markdown: join(out, "report.md"),
    html: join(out, "report.html"),
    arms: join(out, "arms.arrow"),
    trials: join(out, "trials.arrow"),
    curves: join(out, "curves.arrow"),
  };
  const write = (path: string, text: string): Promise<void> =>
    writeFileAtomic(path, new TextEncoder().encode(text));
  await writeTable(files.arms, armTable(record));
  await writeTable(files.trials, trialTable(record));
  await writeTable(files.curves, curveTable(record));
  await write(files.json, `${JSON.stringify(record, undefined, 1)}\n`);
  await write(files.markdown, studyMarkdown(record));
  await write(files.html, studyPage(record));
  return files;
}
