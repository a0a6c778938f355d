/** What a file is that begins as no FASTA does. */

/** Says what was expected where a first line begins with `byte`, and what it may be instead. */
export function describeFirstByte(byte: number): string {
  if (byte === 0x40) return 'expected ">" and a name, got "@" (is this a FASTQ?)';
  if (byte === 0x3b)
    return 'expected ">" and a name, got ";" (comments are not part of FASTA: remove them)';
  if (byte === 0xef || byte === 0xfe || byte === 0xff) {
    return 'expected ">" and a name, got a byte-order mark (save the file as plain text)';
  }
  return 'expected ">" and a name before the first sequence (is this a FASTA?)';
}
