/** The files of a folder that hold a class each, whatever the order in which the file system lists them. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { FileError } from "../../errors.ts";
import { fileError } from "../../genome/node-file-source.ts";

export interface ClassFile {
  /** Name of the class: the file's without its extension. */
  readonly label: string;
  readonly path: string;
}

/**
 * Returns the files whose names end in `extension`, by name; those that begin with a dot, which some systems put beside
 * others, are no part of it.
 *
 * @throws {FileError} when the folder cannot be read, or two files are of one class
 */
export async function classFiles(folder: string, extension: RegExp): Promise<readonly ClassFile[]> {
  const pathOf = new Map<string, string>();
  for (const name of await namesIn(folder)) {
    if (name.startsWith(".") || !extension.test(name)) continue;
    const label = name.replace(extension, "");
    const path = join(folder, name);
    const other = pathOf.get(label);
    if (other !== undefined) {
      throw new FileError(`${path}: expected one file of class ${label}, got ${other} too`);
    }
    pathOf.set(label, path);
  }
  return [...pathOf].map(([label, path]) => ({ label, path }));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    throw fileError(folder, cause);
  }
}
