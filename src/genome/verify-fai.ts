/**
 * Whether a .fai belongs to its FASTA: contig after contig, only the right header and blank lines stand before the
 * first base, and a line end after the last; its first line is as long as the record says; nothing is left over.
 * Costs four short reads a contig; of a distant text, those of many contigs are fetched at once.
 */

import { IndexFileError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { endByte, type FaiRecord } from "./fai.ts";
import { MAX_HEADER_BYTES } from "./fasta-scanner.ts";

const LF = 0x0a;
const CR = 0x0d;
/** Text that may stand between two contigs: a header, and blank lines or headers of empty contigs. */
const MAX_GAP_BYTES = 2 * MAX_HEADER_BYTES;
/** Start of a contig's first line that is searched for a line end; lines that are longer are rare. */
const SEARCHED_BYTES = 4096;

/**
 * Checks `records` against the text they index.
 *
 * @param name what messages call the index
 * @throws {IndexFileError} naming the first contig that does not stand where its record says
 */
export async function verifyFai(
  text: ByteSource,
  records: readonly FaiRecord[],
  name: string,
): Promise<void> {
  let position = 0;
  for (const [i, record] of records.entries()) {
    if (i % FETCHED_AT_ONCE === 0) await fetchEnds(text, records.slice(i, i + FETCHED_AT_ONCE));
    const gap = await readGap(text, position, record.offset);
    if (gap === undefined || !endsWithHeader(gap, record.name)) {
      throw mismatch(
        name,
        `the header of "${record.name}" right before byte ${record.offset}`,
        text,
      );
    }
    const end = endByte(record);
    const next = await afterContig(text, record, end);
    if (next === undefined) {
      throw mismatch(name, `"${record.name}" to end its line at byte ${end}`, text);
    }
    if (!(await hasLines(text, record, next - end))) {
      const { lineBases, lineWidth } = record;
      const lines = `"${record.name}" in lines of ${lineBases} bases and ${lineWidth} bytes`;
      throw mismatch(name, lines, text);
    }
    position = next;
  }
  const rest = await readGap(text, position, text.size);
  if (rest === undefined || headerLines(rest) !== "blank") {
    throw mismatch(name, `nothing after its last contig, at byte ${position}`, text);
  }
}

/** Contigs whose ends are fetched together: few enough that a distant source still keeps them when they are checked. */
const FETCHED_AT_ONCE = 64;

/** Has a source that cannot be read at once fetch where contigs begin and end; what fails here fails again when it is checked. */
async function fetchEnds(text: ByteSource, records: readonly FaiRecord[]): Promise<void> {
  if (text.readSync !== undefined) return;
  const places = records.flatMap((record) => [record.offset, endByte(record) - 1]);
  const inside = places.filter((place) => place >= 0 && place < text.size);
  await Promise.allSettled(inside.map((place) => text.read(place, 1)));
}

async function readGap(text: ByteSource, start: number, end: number): Promise<string | undefined> {
  if (end < start || end > text.size || end - start > MAX_GAP_BYTES) return undefined;
  return new TextDecoder().decode(await text.read(start, end - start));
}

function endsWithHeader(gap: string, name: string): boolean {
  if (!gap.endsWith("\n") || headerLines(gap) !== "headers") return false;
  const header = gap.slice(gap.lastIndexOf("\n", gap.length - 2) + 1);
  return /^>[ \t]*([^\s]+)/.exec(header)?.[1] === name;
}

/** Whether each line is blank, or each is blank or a header. */
function headerLines(gap: string): "blank" | "headers" | "other" {
  let found: "blank" | "headers" = "blank";
  for (const line of gap.split("\n")) {
    if (line === "" || line === "\r") continue;
    if (!line.startsWith(">")) return "other";
    found = "headers";
  }
  return found;
}

/** Byte after the line end at `end`; undefined when no base stands before it, or none ends there. */
async function afterContig(
  text: ByteSource,
  record: FaiRecord,
  end: number,
): Promise<number | undefined> {
  if (end > text.size) return undefined;
  const start = record.length === 0 ? end : end - 1;
  const bytes = await text.read(start, Math.min(end + 2, text.size) - start);
  const [last, first, second] = record.length === 0 ? [undefined, ...bytes] : bytes;
  if (last === LF || last === CR) return undefined;
  if (first === undefined) return end;
  if (first === LF) return end + 1;
  if (first !== CR) return undefined;
  if (second === undefined) return end + 1;
  return second === LF ? end + 2 : undefined;
}

/**
 * Whether the first line of a contig inside the text ends where its record says, and not before.
 *
 * @param lastEndBytes bytes of the line end after the contig, 0 at the end of the text
 */
async function hasLines(
  text: ByteSource,
  record: FaiRecord,
  lastEndBytes: number,
): Promise<boolean> {
  const { length, offset, lineBases, lineWidth } = record;
  const searched = Math.min(length, lineBases, SEARCHED_BYTES);
  const start = await text.read(offset, searched);
  if (start.includes(LF) || start.includes(CR)) return false;
  const endBytes = lineWidth - lineBases;
  const isAtEnd = offset + length + lastEndBytes === text.size;
  if (length < lineBases) return true; // its width is never used
  if (length === lineBases) return isAtEnd || lastEndBytes === endBytes;

  const [last, ...next] = await text.read(offset + lineBases - 1, endBytes + 2);
  const isLineEnd = next[endBytes - 1] === LF && (endBytes === 1 || next[0] === CR);
  return isLineEnd && isBase(last) && isBase(next[endBytes]);
}

function isBase(byte: number | undefined): boolean {
  return byte !== undefined && byte !== LF && byte !== CR;
}

function mismatch(name: string, expected: string, text: ByteSource): IndexFileError {
  return new IndexFileError(
    `${name}: expected ${expected} of ${text.name}, but it is not so (the index belongs to another file or an older one: delete it and it will be rebuilt)`,
  );
}
