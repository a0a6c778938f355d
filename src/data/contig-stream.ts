/** The contigs of a genome's file, or the records of a FASTA file of any size, front to back as token ids; memory does not grow with the file. */

import { byteChunks } from "../genome/byte-chunks.ts";
import { type FileFormat, fileFormat, SNIFFED_BYTES } from "../genome/file-format.ts";
import { fastaText } from "../genome/node-fasta-text.ts";
import { type FileSource, openFileSource } from "../genome/node-file-source.ts";
import { genomeLoops } from "../genome/node-native-loops.ts";
import { streamFasta } from "../genome/stream-fasta.ts";
import { openTwoBit } from "../genome/twobit-genome.ts";
import { encodeBases } from "../tokens/encode.ts";

/** Bases of a .2bit file that are read at a time. */
const PIECE = 2 ** 20;

export type ContigEvent =
  | { readonly kind: "contig"; readonly name: string; readonly description: string }
  /** A0 C1 G2 T3 N4; the caller owns them */
  | { readonly kind: "bases"; readonly ids: Uint8Array }
  /** @property bases of the contig */
  | { readonly kind: "end"; readonly bases: number };

/**
 * Yields each contig's name, its bases in pieces, and its end; FASTA, plain, gzip or bgzip, or 2bit.
 *
 * @throws {FileError} when it is missing or not readable
 * @throws {FastaError | TwoBitError | CompressionError} when it is damaged or no genome
 */
export async function* streamContigs(path: string): AsyncGenerator<ContigEvent> {
  const file = openFileSource(path);
  try {
    const format: FileFormat = fileFormat(
      file.readSync(0, Math.min(SNIFFED_BYTES, file.size)),
      path,
    );
    if (format === "2bit") yield* streamTwoBit(file);
    else yield* streamText(file, format);
  } finally {
    await file.close();
  }
}

async function* streamText(
  file: FileSource,
  format: Exclude<FileFormat, "2bit">,
): AsyncGenerator<ContigEvent> {
  const loops = genomeLoops().bytes;
  const text = fastaText(byteChunks(file), format, file.name, { bytes: file.size });
  for await (const event of streamFasta(text, file.name, { loops })) {
    switch (event.kind) {
      case "contig":
        yield event;
        break;
      case "bases":
        yield { kind: "bases", ids: encodeBases(event.bases, loops).ids };
        break;
      case "end":
        yield { kind: "end", bases: event.record.length };
        break;
      default:
        event satisfies never;
    }
  }
}

async function* streamTwoBit(file: FileSource): AsyncGenerator<ContigEvent> {
  const loops = genomeLoops().bytes;
  const { genome } = await openTwoBit(file, loops.files);
  for (const { name, length } of genome.contigs) {
    yield { kind: "contig", name, description: "" };
    for (let start = 0; start < length; start += PIECE) {
      const interval = { contig: name, start, end: Math.min(length, start + PIECE) };
      yield { kind: "bases", ids: encodeBases(await genome.read(interval), loops).ids };
    }
    yield { kind: "end", bases: length };
  }
}
