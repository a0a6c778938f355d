import { FileError } from "../errors.ts";
import { formatBytes } from "../util/format.ts";
import { byteChunks } from "./byte-chunks.ts";
import { openFileSource } from "./node-file-source.ts";
import { gunzip } from "./node-gunzip.ts";

/**
 * Reads a whole small file, decompressed when its first bytes are gzip's.
 *
 * @param maxBytes text beyond this is refused
 * @throws {FileError} when it is missing, not readable, or too long
 * @throws {CompressionError} when its gzip is damaged or expands beyond `maxBytes`
 */
export async function readTextBytes(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = openFileSource(path);
  try {
    const isGzip = file.size >= 2 && file.readSync(0, 2).join() === "31,139";
    if (!isGzip && file.size > maxBytes) {
      throw new FileError(
        `${path}: expected at most ${formatBytes(maxBytes)}, got ${formatBytes(file.size)}`,
      );
    }
    if (!isGzip) return file.readSync(0, file.size);
    const pieces: Uint8Array[] = [];
    for await (const piece of gunzip(byteChunks(file), path, maxBytes)) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    await file.close();
  }
}
