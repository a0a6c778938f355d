/** Where genomes live: one folder to write to, and the folders in which a genome is looked for. */

import { accessSync, constants, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { errorCode } from "../../util/error-code.ts";

export interface DataFolders {
  /** In this order; the first file of a name counts. A folder need not exist. */
  readonly searched: readonly string[];
  /** Takes downloads, indices and records; created by whoever writes first. */
  readonly written: string;
}

/**
 * Returns the folders of a user: $GDIFF_DATA, else gdiff's folder in the user's cache. A $GDIFF_DATA that may only be
 * read, as a cluster shares one, is searched first, and the folder in the cache takes what has to be written.
 *
 * @param env the process's environment; a variable that is set but empty is not set
 * @param home the user's home folder
 */
export function dataFolders(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): DataFolders {
  const cache = join(env.XDG_CACHE_HOME || join(home, ".cache"), "gdiff");
  const shared =
    env.GDIFF_DATA === undefined || env.GDIFF_DATA === "" ? undefined : resolve(env.GDIFF_DATA);
  if (shared === undefined) return { searched: [cache], written: cache };
  if (isWritable(shared)) return { searched: [shared], written: shared };
  return { searched: [shared, cache], written: cache };
}

/** Whether files can be made in `folder`, or in the nearest folder above it that exists. */
function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch (cause) {
    const above = dirname(folder);
    return errorCode(cause) === "ENOENT" && above !== folder && isWritable(above);
  }
}
