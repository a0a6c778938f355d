/**
 * The checks that bionode-fasta leaves out, for small files of FASTA records such as prompts: it throws uncaught on an
 * empty file, on sequence before the first header and on a backslash in a header, and passes any letter.
 */

import { FastaError } from "../errors.ts";
import { type FastaHeader, parseHeader } from "./fasta-header.ts";
import { describeFirstByte } from "./first-byte.ts";
import { describeBadBase, normaliseBases } from "./nucleotide.ts";

/** One line of a record file. */
export type RecordLine =
  | { readonly kind: "header"; readonly header: FastaHeader }
  /** Bases in their normal form, with the extra letters as they came. */
  | { readonly kind: "sequence"; readonly text: string };

const LF = 0x0a;
const CR = 0x0d;
const HEADER_MARK = 0x3e; // >

/**
 * Yields the lines of a record file, checked; blank lines are skipped, lines may differ in length.
 *
 * @param file what messages call it
 * @param extraLetters taken besides nucleotide codes, as "-" in prompts
 * @throws {FastaError} naming file, line and byte
 */
export function* checkedRecordLines(
  bytes: Uint8Array,
  file: string,
  extraLetters: string,
): Generator<RecordLine> {
  let lineNumber = 0;
  let last: FastaHeader | undefined;
  let hasBases = true;
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(LF, at);
    const end = found < 0 ? bytes.length : found;
    const start = at;
    const line = bytes.subarray(start, bytes[end - 1] === CR && end > start ? end - 1 : end);
    at = end + 1;
    lineNumber++;
    const refuse = (what: string, offset = start): never => {
      throw new FastaError(`${file} line ${lineNumber}, byte ${offset}: ${what}`);
    };
    if (line.length === 0) continue;
    if (line[0] === HEADER_MARK) {
      if (!hasBases) refuse(`expected bases for "${last?.name}", got another header`);
      last = parseHeader([line.subarray(1)], refuse);
      hasBases = false;
      yield { kind: "header", header: last };
      continue;
    }
    if (last === undefined) refuse(describeFirstByte(line[0] as number));
    hasBases = true;
    const out = new Uint8Array(line.length);
    for (let i = 0; i < line.length; i++) {
      i = normaliseBases(line, i, line.length, out, i);
      if (i === line.length) break;
      const byte = line[i] as number;
      if (!extraLetters.includes(String.fromCharCode(byte)))
        refuse(describeBadBase(byte), start + i);
      out[i] = byte;
    }
    yield { kind: "sequence", text: new TextDecoder("latin1").decode(out) };
  }
  if (last === undefined) {
    throw new FastaError(`${file}: expected at least one sequence, but the file has none`);
  }
  if (!hasBases) {
    throw new FastaError(`${file}: expected bases for "${last.name}", got the end of the file`);
  }
}
