/**
 * The .fai index of a FASTA, as `samtools faidx` writes it: one line a contig, five tab-separated fields
 * NAME LENGTH OFFSET LINEBASES LINEWIDTH. OFFSET is the byte of the first base in the (uncompressed) text.
 */

import { IndexFileError } from "../errors.ts";

export interface FaiRecord {
  readonly name: string;
  /** Bases. */
  readonly length: number;
  /** Byte of the first base in the text. */
  readonly offset: number;
  /** Bases in a full line. */
  readonly lineBases: number;
  /** Bytes in a full line, its end included. */
  readonly lineWidth: number;
}

/** Contigs of one FASTA; fragmented draft assemblies have a few million. */
export const MAX_CONTIGS: number = 2 ** 22;
/** Largest .fai that is read, in bytes: what one JavaScript string can hold. */
export const MAX_FAI_BYTES: number = 2 ** 28;

const COLUMNS = ["name", "length", "offset", "line bases", "line width"] as const;

/**
 * Parses a .fai.
 *
 * @param name what messages call the file
 * @throws {IndexFileError} naming line and field, when a field is missing, no whole number, or impossible
 */
export function parseFai(text: string, name: string): FaiRecord[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const names = new Set<string>();
  const records: FaiRecord[] = [];
  for (const [i, line] of lines.entries()) {
    const record = parseLine(line, (what) => refuse(name, i + 1, what));
    if (names.has(record.name)) refuse(name, i + 1, `contig "${record.name}" is listed twice`);
    names.add(record.name);
    records.push(record);
  }
  if (records.length === 0) {
    throw new IndexFileError(`${name}: expected at least one contig, but it is empty ${REMEDY}`);
  }
  return records;
}

function parseLine(line: string, refuse: (what: string) => never): FaiRecord {
  const fields = line.split("\t");
  if (line.startsWith(">"))
    refuse(`expected 5 tab-separated fields, got a FASTA header (is this the FASTA itself?)`);
  if (fields.length !== COLUMNS.length) {
    const guess = fields.length === 6 ? " (is this the index of a FASTQ?)" : "";
    refuse(`expected 5 tab-separated fields, got ${fields.length}${guess}`);
  }
  const [name, ...numbers] = fields as [string, string, string, string, string];
  if (name === "") refuse("expected a contig's name in field 1, got nothing");
  const [length, offset, lineBases, lineWidth] = numbers.map((field, i) => {
    const value = /^[0-9]{1,16}$/.test(field) ? Number(field) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    return refuse(
      `expected ${COLUMNS[i + 1]} in field ${i + 2} to be a whole number below 2^53, got ${JSON.stringify(field)}`,
    );
  }) as [number, number, number, number];

  const record = { name, length, offset, lineBases, lineWidth };
  if (lineBases === 0 && length > 0) refuse("expected line bases above 0, got 0");
  if (lineWidth < lineBases) {
    refuse(`expected a line width of at least the line bases ${lineBases}, got ${lineWidth}`);
  }
  const isOneLine = length <= lineBases;
  if (lineWidth - lineBases > 2 || (lineWidth === lineBases && !isOneLine)) {
    refuse(`expected a line width 1 or 2 above the line bases ${lineBases}, got ${lineWidth}`);
  }
  if (!Number.isSafeInteger(endByte(record))) {
    refuse("expected the contig to end below byte 2^53");
  }
  return record;
}

const REMEDY = "(delete it and it will be rebuilt)";

function refuse(name: string, line: number, what: string): never {
  throw new IndexFileError(`${name} line ${line}: ${what} ${REMEDY}`);
}

/** The text of a .fai, equal to what `samtools faidx` writes. */
export function formatFai(records: readonly FaiRecord[]): string {
  return records
    .map((r) => `${r.name}\t${r.length}\t${r.offset}\t${r.lineBases}\t${r.lineWidth}\n`)
    .join("");
}

/** Byte of the base at `position`, 0-based, in the text. */
export function byteOfBase(record: FaiRecord, position: number): number {
  if (record.lineBases === 0) return record.offset;
  const line = Math.floor(position / record.lineBases);
  return record.offset + line * record.lineWidth + (position - line * record.lineBases);
}

/** Byte after the last base in the text: of its line end, or the end of the file. */
export function endByte(record: FaiRecord): number {
  return record.length === 0 ? record.offset : byteOfBase(record, record.length - 1) + 1;
}
