import { createHash } from "node:crypto";
import { byteChunks } from "../../src/genome/byte-chunks.ts";
import { openFileSource } from "../../src/genome/node-file-source.ts";
import type { DataDigest } from "../../src/report/provenance.ts";
import { turn } from "../stop.ts";

/** SHA-256 of a file's bytes, as sha256sum prints it. @throws {FileError} when it is missing, a folder, or not readable */
export async function fileDigest(path: string, signal: AbortSignal): Promise<DataDigest> {
  const file = openFileSource(path);
  try {
    const hash = createHash("sha256");
    for await (const piece of byteChunks(file)) {
      hash.update(piece);
      await turn(signal);
    }
    return { name: path, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}
