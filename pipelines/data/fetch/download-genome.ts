/** The file of a genome from a server, as the server has it. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { download } from "../../../src/data/download/download.ts";
import type { KnownGenome } from "../../../src/data/manifests/node-known-genomes.ts";
import { byteChunks } from "../../../src/genome/byte-chunks.ts";
import { openFileSource } from "../../../src/genome/node-file-source.ts";
import { type HttpClient, openHttpClient } from "../../../src/util/http/client.ts";
import { byteProgress } from "../byte-progress.ts";
import { type FetchIo, spaceBytes } from "./fetch-io.ts";

/**
 * Downloads `url` to `path`, or goes on where it was. The publisher's file must have the manifest's digest; another's
 * copy may be packed differently, and is judged by its bases.
 *
 * @returns whether it is the publisher's file
 */
export async function downloadGenome(
  { file }: KnownGenome,
  url: string,
  path: string,
  io: FetchIo,
  client?: HttpClient,
): Promise<boolean> {
  const isPublisher = url === file?.url;
  if (isPublisher && (await hasDigest(path, file.sha256, io))) return true;
  const http = client ?? openHttpClient({ env: process.env });
  const show = byteProgress(io.progress, url);
  try {
    const facts = await download(url, path, {
      client: http,
      ...(isPublisher ? { expected: file } : {}),
      extraBytes: file === undefined ? 0 : spaceBytes(file.bytes) - file.bytes,
      signal: io.signal,
      notify: io.stderr,
      onProgress: (done, of) => show(done, of ?? file?.bytes ?? done),
    });
    return facts.sha256 === file?.sha256;
  } finally {
    io.progress.finish();
    if (client === undefined) await http.close();
  }
}

/** Whether a download came to its end before what followed it was interrupted. */
async function hasDigest(path: string, sha256: string, io: FetchIo): Promise<boolean> {
  if (!existsSync(path)) return false;
  const hash = createHash("sha256");
  const source = openFileSource(path);
  try {
    for await (const piece of byteChunks(source)) {
      hash.update(piece);
      await setImmediate(); // files are read without waiting: signals need a turn
      io.signal.throwIfAborted();
    }
  } finally {
    await source.close();
  }
  return hash.digest("hex") === sha256;
}
