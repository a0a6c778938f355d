import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { CheckpointError } from "../../errors.ts";
import { errorCode } from "../../util/error-code.ts";
import { formatCount } from "../../util/format.ts";
import { diskFailure } from "../run-folder/disk-failure.ts";

/** Links are not followed, and a pipe does not block; both flags are absent on Windows. */
const OPEN_FLAGS: number =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** One read of the operating system returns less than 2^31 bytes. */
const PIECE_BYTES = 2 ** 30;

/**
 * Reads a whole regular file of a checkpoint.
 *
 * @param refuseSize says what was expected of a size that is refused, before memory is spent on it
 * @throws {CheckpointError} when it is missing, not a regular file, of a refused size, or unreadable on the disk
 * @throws {FileError} when this process may not read it, or has no means to
 */
export async function readRegularFile(
  path: string,
  refuseSize: (bytes: number) => string | undefined,
): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, OPEN_FLAGS);
    const stat = await handle.stat();
    if (!stat.isFile())
      throw new CheckpointError(`${path}: expected a regular file, got another kind`);
    const expected = refuseSize(stat.size);
    if (expected !== undefined) {
      throw new CheckpointError(`${path}: expected ${expected}, got ${formatCount(stat.size)}`);
    }
    return await readBytes(handle, stat.size, path);
  } catch (error) {
    throw readFailure(error, path);
  } finally {
    await handle?.close();
  }
}

async function readBytes(handle: FileHandle, size: number, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const piece = Math.min(PIECE_BYTES, size - filled);
    const { bytesRead } = await handle.read(bytes, filled, piece, filled);
    if (bytesRead === 0) throw new CheckpointError(`${path}: got shorter while it was read`);
    filled += bytesRead;
  }
  return bytes;
}

function readFailure(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return new CheckpointError(
        `${path}: expected a file, got none (was saving or copying interrupted?)`,
      );
    case "ELOOP":
      return new CheckpointError(
        `${path}: expected a regular file, got a symbolic link (copy the file itself)`,
      );
    case "EIO":
      return new CheckpointError(`${path}: the disk failed to read it (EIO)`, { cause: error });
    default:
      return diskFailure(error, "read", path);
  }
}
