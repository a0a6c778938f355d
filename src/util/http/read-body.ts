/** The body of an answer in memory, with a bound. */

import { RemoteError } from "../../errors.ts";
import { formatBytes } from "../format.ts";
import type { HttpAnswer } from "./client.ts";
import { TransientFailure } from "./transient-failure.ts";

/**
 * Reads a body that must be exactly `length` bytes long.
 *
 * @throws {TransientFailure} when it is shorter or longer
 */
export async function readExactly(
  name: string,
  answer: HttpAnswer,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let got = 0;
  for await (const piece of answer.body) {
    if (got + piece.length > length) {
      throw new TransientFailure(`${name}: expected ${length} bytes, got more`);
    }
    bytes.set(piece, got);
    got += piece.length;
  }
  if (got < length) {
    throw new TransientFailure(`${name}: expected ${length} bytes, got ${got}`);
  }
  return bytes;
}

/**
 * Reads a body whose length was not announced; it must come in chunks, which tell its end from a break.
 *
 * @throws {RemoteError} when it is longer than `maxBytes`, made by `tooLong`; when its end cannot be told
 */
export async function readAtMost(
  name: string,
  answer: HttpAnswer,
  maxBytes: number,
  tooLong: () => RemoteError,
): Promise<Uint8Array> {
  expectFramed(name, answer);
  const pieces: Uint8Array[] = [];
  let got = 0;
  for await (const piece of answer.body) {
    got += piece.length;
    if (got > maxBytes) throw tooLong();
    pieces.push(piece);
  }
  const bytes = new Uint8Array(got);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** @throws {RemoteError} when the end of a body without a length would look like a connection that broke */
export function expectFramed(name: string, answer: HttpAnswer): void {
  if (/(^|,)\s*chunked\s*$/i.test(answer.header("transfer-encoding") ?? "")) return;
  answer.discard();
  throw new RemoteError(
    `${name}: expected a Content-Length or chunks, got neither, so that a cut would go unnoticed (the server is too old or faulty: take the file from another)`,
  );
}

/** Bytes that an answer announces; undefined when it does not. */
export function announcedBytes(answer: Pick<HttpAnswer, "header">): number | undefined {
  const header = answer.header("content-length") ?? "";
  const length = /^\d+$/.test(header) ? Number(header) : undefined;
  return length !== undefined && Number.isSafeInteger(length) ? length : undefined;
}

/** @throws {RemoteError} when the bytes of an answer are not those of the file */
export function expectPlain(name: string, answer: HttpAnswer): void {
  const encoding = answer.header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return;
  answer.discard();
  throw new RemoteError(
    `${name}: expected the file's own bytes, got them encoded as ${encoding.slice(0, 40)} though that was not asked for (a proxy or the server compresses them: download the file and give its path)`,
  );
}

/** A file longer than what may be read of it. */
export function tooLongError(name: string, maxBytes: number): RemoteError {
  return new RemoteError(`${name}: expected at most ${formatBytes(maxBytes)}, got more`);
}
