import { FastaError } from "../errors.ts";

const LINE_BASES = 60;

/**
 * Writes one FASTA record, its sequence in lines of `lineBases`.
 *
 * @param header id, and after a blank a description
 * @throws {FastaError} when the header is empty or holds a control character, which would break the record
 */
export function formatFastaRecord(
  header: string,
  sequence: string,
  lineBases: number = LINE_BASES,
): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
  if (!/^[^\s\u0000-\u001f\u007f][^\u0000-\u0008\u000a-\u001f\u007f]*$/.test(header)) {
    throw new FastaError(
      `expected a FASTA header of one line that begins with an id, got ${JSON.stringify(header)}`,
    );
  }
  const lines = [`>${header}`];
  for (let at = 0; at < sequence.length; at += lineBases) {
    lines.push(sequence.slice(at, at + lineBases));
  }
  return `${lines.join("\n")}\n`;
}
