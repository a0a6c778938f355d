/** JSON that ends with the SHA-256 of the rest of itself: a file of which any byte was changed is refused. */

import { open } from "node:fs/promises";
import { ShardError } from "../../errors.ts";
import { fileError } from "../../genome/node-file-source.ts";
import { errorCode } from "../../util/error-code.ts";
import { formatBytes } from "../../util/format.ts";
import { sha256Hex } from "../../util/sha256.ts";
import { parseStrictJson } from "../../util/strict-json.ts";

/** A folder's largest count of shards, at some 250 bytes each. */
const MAX_BYTES = 2 ** 26;
/** The whole, splits, a split, a file; options have sections. */
const MAX_DEPTH = 5;

export type Mapping = Readonly<Record<string, unknown>>;

/** Returns the text of `body` with its hash as the last field. */
export function formatSealed(body: Mapping): string {
  const sha256 = sha256Hex(new TextEncoder().encode(JSON.stringify(body)));
  return `${JSON.stringify({ ...body, sha256 }, undefined, 1)}\n`;
}

/**
 * Returns the mapping that `formatSealed` wrote.
 *
 * @throws {ShardError} when the text is anything else
 */
export function parseSealed(text: string, path: string): Mapping {
  let value: unknown;
  try {
    value = parseStrictJson(text, MAX_DEPTH);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw changed(path, cause.message);
  }
  if (!isMapping(value)) throw changed(path, show(value));
  const { sha256: _, ...body } = value;
  if (formatSealed(body) !== text) throw changed(path, "one that was changed");
  return body;
}

/**
 * Reads such a file.
 *
 * @throws {ShardError} when it was changed or cut
 * @throws {FileError} when it is not there, or may not be read
 */
export async function readSealed(path: string): Promise<Mapping> {
  return parseSealed(await readText(path), path);
}

async function readText(path: string): Promise<string> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES) throw changed(path, formatBytes(size));
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw errorCode(cause) === undefined ? cause : fileError(path, cause);
  }
}

function changed(path: string, got: string): ShardError {
  return new ShardError(
    `${path}: expected the file as gdiff data prepare wrote it, got ${got}: delete it, and prepare again`,
  );
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether `value` is an integer of 0 or more. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** A value in a sentence. */
export function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80);
}
