/** Reads a shard whole and checks it: what is used is what was hashed. */

import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { FileError, ShardError } from "../../errors.ts";
import { fileError } from "../../genome/node-file-source.ts";
import { errorCode } from "../../util/error-code.ts";
import { formatCount } from "../../util/format.ts";
import { shellWord } from "../../util/shell-word.ts";
import { MANIFEST_NAME } from "./shard-manifest.ts";

/** Read and hashed between two turns of the event loop. */
const PIECE_BYTES = 2 ** 22;

/** What a file should be. */
export interface FileDigest {
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

/**
 * Reads a shard.
 *
 * @throws {ShardError} when it is missing, or has other bytes
 * @throws {FileError} when this process may not read it
 */
export async function readVerified(
  path: string,
  { bytes, sha256 }: FileDigest,
): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    const { size } = await handle.stat();
    if (size !== bytes) throw refusal(path, `${formatCount(bytes)} bytes`, formatCount(size));
    const content = new Uint8Array(bytes);
    const hash = createHash("sha256");
    for (let done = 0; done < bytes; ) {
      const wanted = Math.min(PIECE_BYTES, bytes - done);
      const { bytesRead } = await handle.read(content, done, wanted, done);
      if (bytesRead === 0) throw refusal(path, `${formatCount(bytes)} bytes`, formatCount(done));
      hash.update(content.subarray(done, done + bytesRead));
      done += bytesRead;
    }
    const got = hash.digest("hex");
    if (got !== sha256) throw refusal(path, `SHA-256 ${sha256}`, got);
    return content;
  } catch (cause) {
    throw readError(path, cause);
  } finally {
    await handle?.close();
  }
}

function refusal(path: string, expected: string, got: string): ShardError {
  return new ShardError(
    `${path}: expected ${expected}, as its ${MANIFEST_NAME} says, got ${got} (cut, changed or another's): ${remedy(path)}`,
  );
}

function readError(path: string, cause: unknown): unknown {
  const code = errorCode(cause);
  if (code === undefined) return cause;
  if (code === "ENOENT") {
    return new ShardError(
      `${path}: expected this shard of its ${MANIFEST_NAME}, got no file: ${remedy(path)}`,
      { cause },
    );
  }
  return cause instanceof FileError ? cause : fileError(path, cause);
}

function remedy(path: string): string {
  return `write it again with: gdiff data prepare --out ${shellWord(dirname(path))} (keeps what is whole, ${basename(path)} is not)`;
}
