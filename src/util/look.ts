/** Looks where nothing need be: search paths name files and folders that are not there, or may not be read. */

import { readdirSync, readFileSync } from "node:fs";

/** Returns the file's text; undefined where it cannot be had. */
export function textIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Returns the names in the folder, sorted; none where it cannot be listed. */
export function namesIfThere(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
