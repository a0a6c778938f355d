/** A file from this machine's disks, with the same care as a download. */

import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { byteChunks } from "../../genome/byte-chunks.ts";
import { openFileSource } from "../../genome/node-file-source.ts";
import { expectDiskSpace } from "../../util/disk-space.ts";
import { difference, type ExpectedFile, type FileFacts, wrongFile } from "./expected-file.ts";
import { PartFile } from "./part-file.ts";

export interface CopyOptions {
  readonly expected?: ExpectedFile;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number, of: number) => void) | undefined;
}

/**
 * Copies the file `from` to `path`, in place of what is there; the folder must exist, and the caller has locked the path. A copy that does not come to its
 * end leaves nothing.
 *
 * @returns size and digests of the file
 * @throws {FileError} when `from` cannot be read, or `path` not written
 * @throws {VerificationError} when it is not what was expected
 * @throws the signal's reason once it aborts
 */
export async function copyFile(
  from: string,
  path: string,
  { expected = {}, signal, onProgress }: CopyOptions = {},
): Promise<FileFacts> {
  const source = openFileSource(from);
  try {
    if (expected.bytes !== undefined && expected.bytes !== source.size) {
      throw wrongFile(from, `expected ${expected.bytes} bytes, got ${source.size}`);
    }
    const part = await PartFile.open(`${path}.part`);
    try {
      await part.restart();
      await expectDiskSpace(dirname(path), source.size);
      for await (const piece of byteChunks(source)) {
        await setImmediate(); // files are read without waiting: signals need a turn
        signal?.throwIfAborted();
        await part.append(piece);
        onProgress?.(part.bytes, source.size);
      }
      const facts = part.facts();
      const wrong = difference(facts, expected);
      if (wrong !== undefined) throw wrongFile(from, wrong);
      await part.complete(path);
      return facts;
    } catch (error) {
      await rm(part.path, { force: true });
      throw error;
    } finally {
      await part.close();
    }
  } finally {
    await source.close();
  }
}
