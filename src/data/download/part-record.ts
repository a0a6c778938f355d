/** What a part of a file is a part of: kept beside it, so that a later download goes on with the same version only. */

import { readFile, rm } from "node:fs/promises";
import { writeFileAtomic } from "../../util/atomic-file.ts";
import { errorCode } from "../../util/error-code.ts";
import type { RemoteVersion } from "../../util/http/remote-version.ts";
import { parseStrictJson } from "../../util/strict-json.ts";

export interface PartRecord extends Omit<RemoteVersion, "size"> {
  readonly url: string;
  /** Bytes of the whole file; absent where the server does not say. */
  readonly size?: number | undefined;
}

/** Reads a record; undefined when there is none, or it is not whole: the part is then begun anew. */
export async function readPartRecord(path: string): Promise<PartRecord | undefined> {
  let value: unknown;
  try {
    value = parseStrictJson(await readFile(path, "utf8"), 1);
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) !== undefined) return undefined;
    throw error;
  }
  return isPartRecord(value) ? value : undefined;
}

/** Writes a record, whole or not at all. @throws {FileError} when it cannot */
export async function writePartRecord(path: string, record: PartRecord): Promise<void> {
  await writeFileAtomic(path, new TextEncoder().encode(`${JSON.stringify(record)}\n`));
}

export async function removePartRecord(path: string): Promise<void> {
  await rm(path, { force: true });
}

function isPartRecord(value: unknown): value is PartRecord {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { url, size, etag, lastModified } = value as Partial<Record<keyof PartRecord, unknown>>;
  const isTextOrAbsent = (field: unknown): boolean =>
    field === undefined || typeof field === "string";
  const isSize = size === undefined || (Number.isSafeInteger(size) && Number(size) >= 0);
  return typeof url === "string" && isSize && isTextOrAbsent(etag) && isTextOrAbsent(lastModified);
}
