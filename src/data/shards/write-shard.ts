/** Writes a shard, whole or not at all, hashed on the way. */

import { createHash } from "node:crypto";
import { writePiecesAtomic } from "../../util/atomic-file.ts";
import type { Window } from "../window.ts";
import { encodeShard, type ShardContent } from "./encode-shard.ts";
import type { FileDigest } from "./read-verified.ts";

/**
 * Writes `windows` to `path`; returns what the file now is.
 *
 * @throws {FileError} when it cannot be written
 * @throws whatever `windows` throws; nothing is at `path` then but what was
 */
export async function writeShard(
  path: string,
  windows: AsyncIterable<Window>,
  content: ShardContent,
): Promise<FileDigest> {
  const hash = createHash("sha256");
  let bytes = 0;
  const hashed = async function* () {
    for await (const piece of encodeShard(windows, content)) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  };
  await writePiecesAtomic(path, hashed());
  return { bytes, sha256: hash.digest("hex") };
}
