import { statfs } from "node:fs/promises";
import { FileError } from "../errors.ts";
import { formatBytes } from "./format.ts";

/**
 * Checks that the disk of a folder takes `bytes` more; where the file system does not tell, it is believed to.
 *
 * @throws {FileError} when less is free
 */
export async function expectDiskSpace(folder: string, bytes: number): Promise<void> {
  const disk = await statfs(folder).catch(() => undefined);
  if (disk === undefined) return;
  const free = disk.bavail * disk.bsize;
  if (bytes <= free) return;
  throw new FileError(
    `${folder}: expected ${formatBytes(bytes)} of free disk space, got ${formatBytes(free)}: free some, or choose another folder`,
  );
}
