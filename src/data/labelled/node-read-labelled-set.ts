/** A labelled set as a folder of interval files: train/CLASS.csv.gz and test/CLASS.csv.gz, as the Genomic Benchmarks keep theirs. */

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { FileError, TableError } from "../../errors.ts";
import { readTextBytes } from "../../genome/node-read-text.ts";
import { errorCode } from "../../util/error-code.ts";
import type { LabelledSet, ListedInterval } from "./labelled-interval.ts";
import { classFiles } from "./node-class-files.ts";
import { parseIntervalCsv } from "./parse-interval-csv.ts";

/** Largest interval file, in bytes of text. */
const MAX_BYTES = 2 ** 28;
const EXTENSION = /\.csv(?:\.gz)?$/;

/**
 * Returns the folders of the sets in `path`: itself, or those in it, by name.
 *
 * @throws {FileError} when there is none
 */
export async function labelledSetFolders(path: string): Promise<string[]> {
  if (isSet(path)) return [path];
  const found = (await entriesOf(path)).map((name) => join(path, name)).filter(isSet);
  if (found.length > 0) return found;
  throw new FileError(
    `${path}: expected a folder with train/ and test/ of interval files (CLASS.csv.gz), or folders of such folders, got none`,
  );
}

function isSet(path: string): boolean {
  return existsSync(join(path, "train")) && existsSync(join(path, "test"));
}

/**
 * Reads one set; a class is a file.
 *
 * @throws {FileError | CompressionError | TableError} when a file cannot be read, breaks the format, or is the second one of
 *   a class
 */
export async function readLabelledSet(folder: string): Promise<LabelledSet> {
  const train = await readSplit(join(folder, "train"));
  const test = await readSplit(join(folder, "test"));
  return { name: basename(resolve(folder)), train, test };
}

async function readSplit(folder: string): Promise<ListedInterval[]> {
  const files = await classFiles(folder, EXTENSION);
  if (files.length === 0) {
    throw new FileError(`${folder}: expected interval files (CLASS.csv or CLASS.csv.gz), got none`);
  }
  const intervals: ListedInterval[] = [];
  for (const { label, path } of files) {
    const text = decode(await readTextBytes(path, MAX_BYTES), path);
    for (const interval of parseIntervalCsv(text, path, label)) intervals.push(interval);
  }
  return intervals;
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    throw new FileError(`${folder}: expected a folder that can be read, got ${errorCode(cause)}`, {
      cause,
    });
  }
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TableError(`${path}: expected text in UTF-8, got other bytes`, { cause });
  }
}
