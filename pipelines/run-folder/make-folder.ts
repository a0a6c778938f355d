import { mkdir } from "node:fs/promises";
import { RunFolderError } from "../../src/errors.ts";
import { diskFailure, errorCode } from "../../src/train/run-folder/disk-failure.ts";

/** A file stands where a folder is to be, or on the way to it. */
const FILE_IN_THE_WAY: readonly string[] = ["EEXIST", "ENOTDIR"];

/**
 * Makes a folder and those above it; one that is there already is left as it is.
 *
 * @throws {RunFolderError} when a file stands in the way
 * @throws {FileError} when this user may not make it, or the disk is full
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    if (FILE_IN_THE_WAY.includes(errorCode(error) ?? "")) {
      throw fileInTheWay(path);
    }
    throw diskFailure(error, "make", path);
  }
}

/** What to say where a folder cannot be because a file is. */
export function fileInTheWay(path: string): RunFolderError {
  return new RunFolderError(
    `expected a folder at ${path}, got a file there or on the way to it: give another --out`,
  );
}
