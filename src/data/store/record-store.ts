/** Where records lie: beside their files, or in the user's own data folder where that cannot be written. */

import { existsSync, realpathSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FileError } from "../../errors.ts";
import { fileError, openFileSource } from "../../genome/node-file-source.ts";
import { writeFileAtomic } from "../../util/atomic-file.ts";
import { errorCode } from "../../util/error-code.ts";
import { fileWriteError } from "../../util/file-write-error.ts";
import { formatBytes } from "../../util/format.ts";
import { sha256Hex } from "../../util/sha256.ts";
import type { DataFolders } from "./data-folders.ts";
import { type FileRecord, formatRecord, MAX_RECORD_BYTES, parseRecord } from "./file-record.ts";
import { fileState } from "./file-state.ts";

const ENDING = ".gdiff.json";
/** Of files that should be beside their genomes. */
const OWN_FOLDER = "beside";

/** What is remembered of a file. */
export type Remembered =
  | { readonly kind: "nothing" }
  /** The file has the size and the time of the record. */
  | { readonly kind: "same"; readonly record: FileRecord }
  /** The file was written after the record. */
  | { readonly kind: "changed"; readonly record: FileRecord }
  /** There is a record, but nothing can be read from it. */
  | { readonly kind: "damaged"; readonly reason: string };

/**
 * Path, but for its ending, of what should be beside `path` and may not be written there; in the user's own folder,
 * no two files share it.
 */
export function ownStem(path: string, folders: DataFolders): string {
  const key = sha256Hex(new TextEncoder().encode(realpathSync(path))).slice(0, 16);
  return join(folders.written, OWN_FOLDER, `${key}-${basename(path)}`);
}

/** Paths that the record of a file may have, in the order in which they are read and written. */
export function recordPaths(path: string, folders: DataFolders): readonly [string, string] {
  return [path + ENDING, ownStem(path, folders) + ENDING];
}

/**
 * Returns what is remembered of the file at `path`.
 *
 * @throws {FileError} when the file itself is missing or not readable
 */
export async function readRecord(path: string, folders: DataFolders): Promise<Remembered> {
  const { bytes, modifiedMs } = fileState(path);
  let other: Remembered = { kind: "nothing" };
  for (const place of recordPaths(path, folders)) {
    const found = await readRecordFile(place);
    if (found.kind === "found") {
      const { record } = found;
      if (record.bytes === bytes && record.modifiedMs === modifiedMs) {
        return { kind: "same", record };
      }
      other = { kind: "changed", record };
    } else if (found.kind === "damaged" && other.kind === "nothing") other = found;
  }
  return other;
}

/**
 * Remembers a file: beside it, or in the user's own folder where its folder may not be written to.
 *
 * @returns the record's path
 * @throws {FileError} when neither can be written
 */
export async function writeRecord(
  path: string,
  record: FileRecord,
  folders: DataFolders,
): Promise<string> {
  const bytes = new TextEncoder().encode(formatRecord(record));
  const [beside, own] = recordPaths(path, folders);
  try {
    await writeFileAtomic(beside, bytes);
    return beside;
  } catch (error) {
    if (!(error instanceof FileError) || !isUnwritable(error)) throw error;
  }
  try {
    await mkdir(dirname(own), { recursive: true });
  } catch (cause) {
    throw fileWriteError(own, cause);
  }
  await writeFileAtomic(own, bytes);
  return own;
}

function isUnwritable({ cause }: FileError): boolean {
  return ["EACCES", "EPERM", "EROFS"].includes(errorCode(cause) ?? "");
}

type FoundRecord =
  | { readonly kind: "found"; readonly record: FileRecord }
  | Extract<Remembered, { readonly kind: "nothing" | "damaged" }>;

async function readRecordFile(path: string): Promise<FoundRecord> {
  if (!existsSync(path)) return { kind: "nothing" };
  try {
    const source = openFileSource(path);
    await source.close();
    if (source.size > MAX_RECORD_BYTES) {
      const reason = `${path}: expected a record of at most ${formatBytes(MAX_RECORD_BYTES)}, got ${formatBytes(source.size)}`;
      return { kind: "damaged", reason };
    }
    return { kind: "found", record: parseRecord(await readText(path), path) };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { kind: "damaged", reason: error.message };
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw fileError(path, cause);
  }
}
