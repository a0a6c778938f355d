import { BedError } from "../errors.ts";
import { type BedInterval, type BedOptions, MAX_BED_BYTES, parseBed } from "./bed.ts";
import { readTextBytes } from "./node-read-text.ts";

/**
 * Reads a BED file, plain or gzip.
 *
 * @throws {FileError | CompressionError | BedError} when it cannot be read, or breaks the format
 */
export async function readBed(path: string, options: BedOptions = {}): Promise<BedInterval[]> {
  const bytes = await readTextBytes(path, MAX_BED_BYTES);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BedError(`${path}: expected text in UTF-8, got other bytes (is this a BED file?)`, {
      cause,
    });
  }
  return parseBed(text, path, options);
}
