/** The interval files of a labelled set into the data folder: each downloaded or copied, and checked by its digest. */

import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyFile } from "../../../src/data/download/copy-file.ts";
import { download } from "../../../src/data/download/download.ts";
import type {
  BenchmarkFile,
  BenchmarkManifest,
} from "../../../src/data/manifests/benchmark-manifest.ts";
import type { DataFolders } from "../../../src/data/store/data-folders.ts";
import { benchmarkPath, locateBenchmark } from "../../../src/data/store/locate-benchmark.ts";
import { lockForWriting } from "../../../src/data/store/write-lock.ts";
import { FileError, StoppedError } from "../../../src/errors.ts";
import { openFileSource } from "../../../src/genome/node-file-source.ts";
import { fileWriteError } from "../../../src/util/file-write-error.ts";
import { formatBytes } from "../../../src/util/format.ts";
import { type HttpClient, openHttpClient } from "../../../src/util/http/client.ts";
import { isUrl } from "../../../src/util/http/remote-url.ts";
import { shellWord } from "../../../src/util/shell-word.ts";
import type { PipelineIo } from "../../io.ts";
import { stopRequest } from "../../stop.ts";
import { byteProgress } from "../byte-progress.ts";
import type { FetchConfig } from "./options.ts";

export interface BenchmarkFetchSummary {
  readonly name: string;
  /** Folder of its interval files. */
  readonly path: string;
  readonly files: number;
  /** Files that were brought; the others were there before. */
  readonly fetched: number;
}

/**
 * Brings the files that are not there as they should be.
 *
 * @param config where from, and whether somebody agreed
 * @param client speaks to servers; without it one with the environment's proxies
 * @throws {FileError} when nobody agrees to the download, or a file cannot be read or written
 * @throws {RemoteError | VerificationError} when a file cannot be had, or is another
 * @throws {StoppedError} when `io.signal` aborts; what came is kept for the next time
 */
export async function fetchBenchmark(
  manifest: BenchmarkManifest,
  { from = manifest.source.url, yes }: Pick<FetchConfig, "from" | "yes">,
  folders: DataFolders,
  io: PipelineIo,
  client?: HttpClient,
): Promise<BenchmarkFetchSummary> {
  const { name, files, source } = manifest;
  const folder = locateBenchmark(manifest, folders) ?? benchmarkPath(manifest, folders);
  const missing = files.filter((file) => !isThere(join(folder, file.path), file));
  const flag = from === source.url ? "" : ` --from ${shellWord(from)}`;
  const command = `gdiff data fetch ${name}${flag}`;
  if (missing.length > 0 && isUrl(from) && !yes) {
    await expectConsent(name, missing, `${from} to ${folder}`, command, io);
  }
  const http = isUrl(from) ? (client ?? openHttpClient({ env: process.env })) : undefined;
  try {
    for (const file of missing) await bring(file, from, folder, io, http);
  } catch (error) {
    const stop = stopRequest(io.signal);
    if (stop === undefined || error !== io.signal.reason) throw error;
    throw new StoppedError(
      stop.exitCode,
      `stopped by ${stop.signal}: "${command}" goes on where it was`,
    );
  } finally {
    io.progress.finish();
    if (client === undefined) await http?.close();
  }
  const summary = { name, path: folder, files: files.length, fetched: missing.length };
  await io.stdout(
    `${name}: ${files.length} interval files in ${folder}, ${missing.length} fetched, every digest checked\n`,
  );
  return summary;
}

async function bring(
  file: BenchmarkFile,
  from: string,
  folder: string,
  io: PipelineIo,
  client: HttpClient | undefined,
): Promise<void> {
  const path = join(folder, file.path);
  await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
    throw fileWriteError(path, cause);
  });
  const show = byteProgress(io.progress, file.path);
  const options = {
    expected: { bytes: file.bytes, sha256: file.sha256 },
    signal: io.signal,
    onProgress: (done: number) => show(done, file.bytes),
  };
  if (client !== undefined) {
    await download(`${from}/${file.path}`, path, { ...options, client, notify: io.stderr });
    return;
  }
  const lock = await lockForWriting(path);
  try {
    await copyFile(join(from, file.path), path, options);
  } finally {
    await lock.release();
  }
}

/** Whether the file at `path` is the one; of its bytes there are few. */
function isThere(path: string, { bytes, sha256 }: BenchmarkFile): boolean {
  let source: ReturnType<typeof openFileSource>;
  try {
    source = openFileSource(path);
  } catch (cause) {
    if (cause instanceof FileError) return false;
    throw cause;
  }
  try {
    if (source.size !== bytes) return false;
    return createHash("sha256").update(source.readSync(0, bytes)).digest("hex") === sha256;
  } finally {
    void source.close();
  }
}

async function expectConsent(
  name: string,
  missing: readonly BenchmarkFile[],
  fromTo: string,
  command: string,
  { ask }: Pick<PipelineIo, "ask">,
): Promise<void> {
  const bytes = missing.reduce((sum, file) => sum + file.bytes, 0);
  const what = `${missing.length} files, ${formatBytes(bytes)}, from ${fromTo}`;
  if (ask === undefined) {
    throw new FileError(
      `expected --yes where nobody can be asked: "${command} --yes" downloads ${what}`,
    );
  }
  if (await ask(`the intervals of ${name} are not on this machine: download ${what}?`)) return;
  throw new FileError(
    `the intervals of ${name} are not on this machine, and are not downloaded: "${command} --yes" does it`,
  );
}
