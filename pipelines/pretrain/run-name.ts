/** The folder of a run that was given no name. */

import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeFolder } from "./make-folder.ts";
import type { PretrainConfig } from "./options.ts";

const RUNS_FOLDER = "runs";

/** Returns `runs/<genome>-<preset>-<n>`, n the first number above those taken. */
export async function plannedRunName({ data, preset }: PretrainConfig): Promise<string> {
  const genome =
    data.fasta === undefined
      ? data.genome
      : basename(data.fasta).replace(/\.(fa|fasta|fna)(\.gz)?$/, "");
  const stem = `${genome}-${preset}-`;
  await makeFolder(RUNS_FOLDER);
  const taken = (await readdir(RUNS_FOLDER))
    .filter((name) => name.startsWith(stem))
    .map((name) => Number(name.slice(stem.length)))
    .filter(Number.isSafeInteger);
  return join(RUNS_FOLDER, `${stem}${Math.max(0, ...taken) + 1}`);
}
