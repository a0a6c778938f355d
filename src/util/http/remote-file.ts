/** One version of a file on a server, read in ranges; an answer about any other version is an error. */

import { RemoteError } from "../../errors.ts";
import type { HttpAnswer, HttpClient } from "./client.ts";
import { parseContentRange } from "./content-range.ts";
import { announcedBytes, expectPlain, readAtMost, readExactly, tooLongError } from "./read-body.ts";
import { urlName } from "./remote-url.ts";
import {
  hasValidator,
  ifRange,
  type RemoteVersion,
  versionDifference,
  versionOf,
} from "./remote-version.ts";
import { type RetryContext, withRetries } from "./retry.ts";
import { statusFailure } from "./status-failure.ts";

/** Where the server sends a whole file instead of its beginning, up to so many bytes are taken. */
const MAX_WHOLE_BYTES = 2 ** 23;

export interface RemoteFile {
  /** What messages call it. */
  readonly name: string;
  readonly version: RemoteVersion;
  /** The first bytes, or the whole file where the server sends no parts. */
  readonly head: Uint8Array;
  /**
   * Reads the bytes `[start, end)`, which must lie inside the file and not be empty; the caller owns them.
   *
   * @throws {RemoteError} when the file changed, or the server does not answer as it should
   */
  read(start: number, end: number): Promise<Uint8Array>;
}

/**
 * Asks for the first `headBytes` of a file, and so for its size and version.
 *
 * @throws {RemoteError} when there is none, or the server does not send parts of it and it is longer than 8 MiB
 */
export async function openRemoteFile(
  client: HttpClient,
  url: URL,
  headBytes: number,
  context: RetryContext,
): Promise<RemoteFile> {
  const name = urlName(url);
  const { signal, policy } = context;
  const get = rememberingRedirects(client, url, signal);
  const ask = (start: number, end: number, headers: Readonly<Record<string, string>>) =>
    get({ ...headers, range: `bytes=${start}-${end - 1}` });

  const opened = await withRetries(async () => {
    const answer = await ask(0, headBytes, {});
    return openAnswer(name, answer, headBytes, policy.now());
  }, context);
  const { version, head } = opened;
  const condition = ifRange(version);
  const headers = condition === undefined ? {} : { "if-range": condition };

  const readRange = async (start: number, end: number): Promise<Uint8Array> => {
    const answer = await ask(start, end, headers);
    if (answer.status === 206) {
      const size = expectRange(name, answer, start, end);
      expectSame(name, answer, version, size);
      return readExactly(name, answer, end - start);
    }
    if (answer.status === 200) {
      answer.discard();
      const size = announcedBytes(answer) ?? version.size;
      throw changed(name, versionDifference(version, versionOf(answer, size)));
    }
    if (answer.status === 416) {
      answer.discard();
      throw changed(name, "it became shorter");
    }
    throw statusFailure(name, answer, policy.now());
  };
  return {
    name,
    version,
    head,
    read: async (start, end) => {
      if (end <= head.length) return head.slice(start, end);
      return withRetries(() => readRange(start, end), context);
    },
  };
}

/** What an address says that was good for a while. */
const EXPIRED: readonly number[] = [401, 403, 404, 410];

/** Asks where the last answer came from; signed addresses expire, and then the way there is asked for again. */
function rememberingRedirects(
  client: HttpClient,
  url: URL,
  signal: AbortSignal | undefined,
): (headers: Readonly<Record<string, string>>) => Promise<HttpAnswer> {
  let at: URL | undefined;
  return async (headers) => {
    const remembered = at;
    let answer = await client.get(url, headers, signal, remembered);
    if (remembered !== undefined && EXPIRED.includes(answer.status)) {
      answer.discard();
      answer = await client.get(url, headers, signal);
    }
    at = answer.url.href === url.href ? undefined : answer.url;
    return answer;
  };
}

async function openAnswer(
  name: string,
  answer: HttpAnswer,
  headBytes: number,
  nowMs: number,
): Promise<Pick<RemoteFile, "version" | "head">> {
  switch (answer.status) {
    case 206: {
      const size = expectRange(name, answer, 0, headBytes);
      const version = versionOf(answer, size);
      if (!hasValidator(version) && size > headBytes) throw unversioned(name, answer);
      return { version, head: await readExactly(name, answer, Math.min(size, headBytes)) };
    }
    case 200: {
      expectPlain(name, answer);
      const length = announcedBytes(answer);
      if (length !== undefined && length > MAX_WHOLE_BYTES) throw noRanges(name, answer);
      const head =
        length === undefined
          ? await readAtMost(name, answer, MAX_WHOLE_BYTES, () => noRanges(name, answer))
          : await readExactly(name, answer, length);
      return { version: versionOf(answer, head.length), head };
    }
    case 416:
      if (parseContentRange(answer.header("content-range"))?.size === 0) {
        answer.discard();
        return { version: versionOf(answer, 0), head: new Uint8Array(0) };
      }
      throw statusFailure(name, answer, nowMs);
    default:
      throw statusFailure(name, answer, nowMs);
  }
}

/**
 * Reads a small file whole.
 *
 * @throws {RemoteMissing} when there is none
 * @throws {RemoteError} when it is longer than `maxBytes`, or cannot be had
 */
export function readRemoteFile(
  client: HttpClient,
  url: URL,
  maxBytes: number,
  context: RetryContext,
): Promise<Uint8Array> {
  const name = urlName(url);
  return withRetries(async () => {
    const answer = await client.get(url, {}, context.signal);
    if (answer.status !== 200) throw statusFailure(name, answer, context.policy.now());
    expectPlain(name, answer);
    const length = announcedBytes(answer);
    if (length !== undefined && length > maxBytes) {
      answer.discard();
      throw tooLongError(name, maxBytes);
    }
    if (length !== undefined) return readExactly(name, answer, length);
    return readAtMost(name, answer, maxBytes, () => tooLongError(name, maxBytes));
  }, context);
}

/** Returns the size of the whole file. @throws {RemoteError} when a 206 is not about the bytes that were asked for */
function expectRange(name: string, answer: HttpAnswer, start: number, end: number): number {
  expectPlain(name, answer);
  const header = answer.header("content-range");
  const { range, size } = parseContentRange(header) ?? {};
  const last = Math.min(end, size ?? end);
  if (range?.start === start && range.end === last && size !== undefined) return size;
  answer.discard();
  throw new RemoteError(
    `${name}: expected bytes ${start}-${end - 1} of a file of known size, got ${header === undefined ? "no Content-Range" : `"${header.slice(0, 60)}"`} (the server or a proxy is faulty: download the file and give its path)`,
  );
}

function expectSame(name: string, answer: HttpAnswer, version: RemoteVersion, size: number): void {
  const difference = versionDifference(version, versionOf(answer, size));
  if (difference === undefined) return;
  answer.discard();
  throw changed(name, difference);
}

function changed(name: string, difference: string | undefined): RemoteError {
  return new RemoteError(
    difference === undefined
      ? `${name}: expected a part of the file, got all of it, though the server sent a part before (several servers behind one name? download the file and give its path)`
      : `${name}: the file changed on the server while it was read: ${difference} (start again, or download it and give its path)`,
  );
}

function noRanges(name: string, answer: HttpAnswer): RemoteError {
  answer.discard();
  return new RemoteError(
    `${name}: expected a server that sends parts of files, but it ignores Range (download the file and give its path)`,
  );
}

function unversioned(name: string, answer: HttpAnswer): RemoteError {
  answer.discard();
  return new RemoteError(
    `${name}: expected an ETag or a Last-Modified to know the file by, got neither, so that a change would go unnoticed (download the file and give its path)`,
  );
}
