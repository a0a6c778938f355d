/** A FASTA of IUPAC letters: what may stand at each position of a design. */

import { FastaError } from "../../../src/errors.ts";
import { MAX_RECORD_BYTES, parseFastaRecords } from "../../../src/genome/node-read-records.ts";
import { readTextBytes } from "../../../src/genome/node-read-text.ts";
import { setsOfLetters } from "../../../src/tokens/iupac.ts";

export interface IupacRecord {
  readonly id: string;
  /** A, C, G, T as given, N for every other letter */
  readonly text: string;
  /** [bases] */
  readonly sets: Uint8Array;
}

/**
 * Reads records of IUPAC letters, in either case.
 *
 * @throws {FileError | CompressionError | FastaError} when the file cannot be read, or breaks the format, or names a record twice
 */
export async function readIupac(path: string): Promise<IupacRecord[]> {
  const bytes = await readTextBytes(path, MAX_RECORD_BYTES);
  const records = await parseFastaRecords(bytes, path);
  const letters = recordLetters(new TextDecoder("latin1").decode(bytes));
  const ids = records.map(({ id }) => id);
  const repeated = ids.find((id, i) => ids.indexOf(id) !== i);
  if (repeated !== undefined) {
    throw new FastaError(`${path}: expected each name once, got ${repeated} twice`);
  }
  return records.map(({ id, sequence }, i) => ({
    id,
    text: sequence,
    sets: setsOfLetters(letters[i] as string) as Uint8Array, // the reader refused other letters
  }));
}

/** Records come with every ambiguous code as N; here are the letters as they stand in the file. */
function recordLetters(text: string): string[] {
  const records: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith(">")) records.push("");
    else if (records.length > 0) records[records.length - 1] += line;
  }
  return records;
}
