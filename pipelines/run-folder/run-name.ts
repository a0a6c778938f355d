/** The folder of a run that was given no name. */

import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { diskFailure, errorCode } from "../../src/train/run-folder/disk-failure.ts";
import { makeFolder } from "./make-folder.ts";

const RUNS_FOLDER = "runs";

/** Makes and returns `runs/<what>-<n>`, n the first number above those taken; no other process gets it too. */
export async function claimRunFolder(what: string): Promise<string> {
  const stem = `${what}-`;
  await makeFolder(RUNS_FOLDER);
  const taken = (await readdir(RUNS_FOLDER))
    .filter((name) => name.startsWith(stem))
    .map((name) => Number(name.slice(stem.length)))
    .filter(Number.isSafeInteger);
  for (let number = Math.max(0, ...taken) + 1; ; number++) {
    const path = join(RUNS_FOLDER, `${stem}${number}`);
    if (await makeNewFolder(path)) return path;
  }
}

/** Whether the folder was made; false when it was there. */
async function makeNewFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw diskFailure(error, "make", path);
  }
}
