import { statfs } from "node:fs/promises";
import { FileError } from "../../errors.ts";
import { formatBytes } from "../../util/format.ts";

/** Left for others, and for what a file system keeps beside a file's bytes. */
const MARGIN_BYTES = 2 ** 24;

/**
 * Checks that `bytes` more fit on the disk of `folder`.
 *
 * @param what the bytes are for, as the subject of a sentence
 * @throws {FileError} when they do not
 */
export async function expectSpace(folder: string, bytes: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes + MARGIN_BYTES <= free) return;
  throw new FileError(
    `${what} takes ${formatBytes(bytes)} more, but the disk of ${folder} has ${formatBytes(free)} left: free some space, or choose another folder`,
  );
}
