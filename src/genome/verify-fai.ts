/**
 * Whether a .fai belongs to its FASTA: contig after contig, only the right header and blank lines stand before the
 * first base, and a line end after the last; nothing is left over. Costs two short reads a contig.
 */

import { IndexFileError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { endByte, type FaiRecord } from "./fai.ts";
import { MAX_HEADER_BYTES } from "./fasta-scanner.ts";

const LF = 0x0a;
const CR = 0x0d;
/** Text that may stand between two contigs: a header, and blank lines or headers of empty contigs. */
const MAX_GAP_BYTES = 2 * MAX_HEADER_BYTES;

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
  for (const record of records) {
    const gap = await readGap(text, position, record.offset);
    if (gap === undefined || !endsWithHeader(gap, record.name)) {
      throw mismatch(
        name,
        `the header of "${record.name}" right before byte ${record.offset}`,
        text,
      );
    }
    const end = endByte(record);
    const next = await afterLineEnd(text, end);
    if (next === undefined) {
      throw mismatch(name, `"${record.name}" to end its line at byte ${end}`, text);
    }
    position = next;
  }
  const rest = await readGap(text, position, text.size);
  if (rest === undefined || headerLines(rest) !== "blank") {
    throw mismatch(name, `nothing after its last contig, at byte ${position}`, text);
  }
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

/** Byte after the line end at `offset`; undefined when none stands there. */
async function afterLineEnd(text: ByteSource, offset: number): Promise<number | undefined> {
  if (offset > text.size) return undefined;
  const bytes = await text.read(offset, Math.min(2, text.size - offset));
  if (bytes.length === 0) return offset;
  if (bytes[0] === LF) return offset + 1;
  if (bytes[0] !== CR) return undefined;
  return bytes.length === 1 || bytes[1] === LF ? offset + bytes.length : undefined;
}

function mismatch(name: string, expected: string, text: ByteSource): IndexFileError {
  return new IndexFileError(
    `${name}: expected ${expected} of ${text.name}, but it is not so (the index belongs to another file or an older one: delete it and it will be rebuilt)`,
  );
}
