import { type FileHandle, open } from "node:fs/promises";
import { errorCode } from "./error-code.ts";

/** What file systems answer that cannot do it (network, FUSE), or folders that may be written but not read. */
const UNSUPPORTED: readonly string[] = [
  "EINVAL",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EACCES",
  "EPERM",
];

/**
 * Makes the names in a folder durable: a rename in it survives a power cut. Where the file system has no such call
 * nothing happens, for the rename itself is done; Windows has none either.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  let folder: FileHandle | undefined;
  try {
    folder = await open(path, "r");
    await folder.sync();
  } catch (error) {
    if (!UNSUPPORTED.includes(errorCode(error) ?? "")) throw error;
  } finally {
    await folder?.close();
  }
}
