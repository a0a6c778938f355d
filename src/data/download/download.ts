/**
 * A file from a server, whole or not at all: written as `NAME.part`, hashed on its way, and given its name when it is
 * complete and what was expected. What was interrupted, at whatever byte, goes on where it was when the file on the
 * server is still the same.
 */

import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { VerificationError } from "../../errors.ts";
import { expectDiskSpace } from "../../util/disk-space.ts";
import type { HttpClient } from "../../util/http/client.ts";
import { parseRemoteUrl, urlName } from "../../util/http/remote-url.ts";
import { RETRY_POLICY, type RetryPolicy } from "../../util/http/retry.ts";
import { lockForWriting } from "../store/write-lock.ts";
import { difference, type ExpectedFile, type FileFacts, wrongFile } from "./expected-file.ts";
import { PartFile } from "./part-file.ts";
import { removePartRecord } from "./part-record.ts";
import { Transfer } from "./transfer.ts";

export interface DownloadOptions {
  readonly client: HttpClient;
  readonly expected?: ExpectedFile;
  /** A file of more bytes is refused; without it, and without an expected size, 64 GiB. */
  readonly maxBytes?: number;
  /** Bytes that must be free on the disk besides the file's own. */
  readonly extraBytes?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told before a wait, and when a part is begun anew. */
  readonly notify?: ((line: string) => void) | undefined;
  /** Told the bytes that are there, of how many where that is known. */
  readonly onProgress?: ((bytes: number, of: number | undefined) => void) | undefined;
  readonly policy?: RetryPolicy;
}

const MAX_BYTES = 2 ** 36;

/**
 * Downloads `url` to `path`, in place of what is there; the folder must exist.
 *
 * @returns size and digests of the file
 * @throws {UsageError} when the URL is not https
 * @throws {RemoteError} when the server does not give the file; what came of it is kept for the next time
 * @throws {VerificationError} when it is not what was expected; nothing of it is kept
 * @throws {FileError} when another process writes it, or the disk is full or not writable
 * @throws the signal's reason once it aborts; what came is kept
 */
export async function download(
  url: string,
  path: string,
  options: DownloadOptions,
): Promise<FileFacts> {
  const remote = parseRemoteUrl(url);
  const lock = await lockForWriting(path);
  try {
    const part = await PartFile.open(`${path}.part`);
    try {
      return await complete(remote, path, part, options);
    } catch (error) {
      if (error instanceof VerificationError) await forget(path);
      throw error;
    } finally {
      await part.close();
    }
  } finally {
    await lock.release();
  }
}

/** Removes a part of what nobody wants. */
async function forget(path: string): Promise<void> {
  await rm(`${path}.part`, { force: true });
  await removePartRecord(`${path}.part.json`);
}

async function complete(
  url: URL,
  path: string,
  part: PartFile,
  options: DownloadOptions,
): Promise<FileFacts> {
  const { expected = {}, extraBytes = 0, notify, policy = RETRY_POLICY } = options;
  const record = `${path}.part.json`;
  const transfer = new Transfer(url, part, record, {
    ...options,
    expected,
    policy,
    maxBytes: expected.bytes ?? options.maxBytes ?? MAX_BYTES,
    expectSpace: (bytes) => expectDiskSpace(dirname(path), bytes + extraBytes),
  });
  await transfer.takeUp();
  let wasResumed = part.bytes > 0;
  while (true) {
    await transfer.run();
    const facts = part.facts();
    const wrong = difference(facts, expected);
    if (wrong === undefined) {
      await part.complete(path);
      await removePartRecord(record);
      return facts;
    }
    if (!wasResumed) throw wrongFile(urlName(url), wrong);
    await part.restart();
    notify?.(`${urlName(url)}: ${wrong} after going on with a part: beginning anew`);
    wasResumed = false;
  }
}
