/** Small files of FASTA records, such as prompts, through bionode-fasta; genomes never go this way. */

import bionodeFasta from "bionode-fasta";
import { FileError } from "../errors.ts";
import { formatBytes } from "../util/format.ts";
import { checkedRecordLines } from "./check-records.ts";
import { readTextBytes } from "./node-read-text.ts";

/** Largest record file, in bytes of text. */
export const MAX_RECORD_BYTES: number = 2 ** 26;

export interface FastaRecord {
  /** The header up to its first blank. */
  readonly id: string;
  /** The rest of the header; empty when there is none. */
  readonly description: string;
  /** A C G T N in either case (other IUPAC codes as N), and the extra letters that were allowed. */
  readonly sequence: string;
}

/**
 * Reads a file of FASTA records, plain or gzip.
 *
 * @param extraLetters taken besides nucleotide codes, as "-" in prompts
 * @throws {FileError | CompressionError | FastaError} when it cannot be read, or breaks the format
 */
export async function readFastaRecords(path: string, extraLetters = ""): Promise<FastaRecord[]> {
  return parseFastaRecords(await readTextBytes(path, MAX_RECORD_BYTES), path, extraLetters);
}

/**
 * Parses the text of a record file.
 *
 * @param file what messages call it
 * @throws {FastaError} naming file, line and byte
 */
export async function parseFastaRecords(
  bytes: Uint8Array,
  file: string,
  extraLetters = "",
): Promise<FastaRecord[]> {
  if (bytes.length > MAX_RECORD_BYTES) {
    throw new FileError(
      `${file}: expected at most ${formatBytes(MAX_RECORD_BYTES)} of records, got ${formatBytes(bytes.length)}`,
    );
  }
  const lines: string[] = [];
  for (const line of checkedRecordLines(bytes, file, extraLetters)) {
    if (line.kind === "sequence") lines.push(line.text);
    else lines.push(`>${escaped(`${line.header.name} ${line.header.description}`)}`);
  }
  const parsed = await throughBionode(`${lines.join("\n")}\n`);
  return parsed.map(({ id, seq }) => {
    const [name, description] = splitHeader(id);
    return { id: name, description, sequence: seq };
  });
}

/** bionode-fasta writes the header into JSON by hand and escapes quotes only. */
function escaped(header: string): string {
  return header.replaceAll("\\", "\\\\").replaceAll("\t", "\\t");
}

function splitHeader(header: string): [name: string, description: string] {
  const blank = header.indexOf(" ");
  return blank < 0 ? [header, ""] : [header.slice(0, blank), header.slice(blank + 1)];
}

interface BionodeRecord {
  readonly id: string;
  readonly seq: string;
}

function throughBionode(text: string): Promise<BionodeRecord[]> {
  return new Promise((resolve, reject) => {
    const records: BionodeRecord[] = [];
    const stream = bionodeFasta.obj();
    stream.on("data", (record: BionodeRecord) => records.push(record));
    stream.on("error", reject);
    stream.on("end", () => resolve(records));
    stream.end(Buffer.from(text));
  });
}
