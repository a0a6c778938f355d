/** A genome over indexed FASTA text, plain or the view of a BGZF file: each read touches only its own bytes. */

import { FastaError, IndexFileError } from "../errors.ts";
import { formatCount } from "../util/format.ts";
import type { ByteSource } from "./byte-source.ts";
import { checkInterval } from "./check-interval.ts";
import { byteOfBase, type FaiRecord } from "./fai.ts";
import type { Genome } from "./genome.ts";
import type { Interval } from "./interval.ts";
import { describeBadBase, normaliseBases } from "./nucleotide.ts";
import { unknownContig } from "./unknown-contig.ts";

/** Bases fetched at a time, so that reading a contig costs little more memory than its bases. */
const PIECE_BASES = 2 ** 22;

const LF = 0x0a;
const CR = 0x0d;
const HEADER_MARK = 0x3e; // >

/**
 * Returns the genome of `text` as `records` describe it; closing it closes `text`.
 *
 * Every base and every line end that a read crosses is checked.
 */
export function fastaGenome(text: ByteSource, records: readonly FaiRecord[]): Genome {
  const recordOf = new Map(records.map((record) => [record.name, record]));
  const contigs = records.map(({ name, length }) => ({ name, length }));

  return {
    name: text.name,
    contigs,
    async read(interval) {
      const record = recordOf.get(interval.contig);
      if (record === undefined) throw unknownContig(interval.contig, contigs);
      checkInterval(interval, record);
      const out = new Uint8Array(interval.end - interval.start);
      for (let start = interval.start; start < interval.end; start += PIECE_BASES) {
        const end = Math.min(interval.end, start + PIECE_BASES);
        const offset = byteOfBase(record, start);
        const length = byteOfBase(record, end - 1) + 1 - offset;
        const bytes = text.readSync?.(offset, length) ?? (await text.read(offset, length));
        const piece = { contig: record.name, start, end };
        unwrap(bytes, record, piece, out, start - interval.start, text.name);
      }
      return out;
    },
    close: () => text.close(),
  };
}

/** Copies the bases of `piece` out of the lines in `bytes`, whose first byte is the piece's first base. */
function unwrap(
  bytes: Uint8Array,
  record: FaiRecord,
  piece: Interval,
  out: Uint8Array,
  at: number,
  file: string,
): void {
  const { lineBases, lineWidth } = record;
  const count = piece.end - piece.start;
  let column = piece.start % lineBases;
  let i = 0;
  for (let done = 0; done < count; ) {
    const run = Math.min(lineBases - column, count - done);
    const stop = normaliseBases(bytes, i, i + run, out, at + done);
    if (stop < i + run) {
      throw badBase(bytes[stop] as number, record, piece.start + done + (stop - i), file);
    }
    done += run;
    i += run;
    column = 0;
    if (done === count) return;
    const isBroken =
      bytes[i + lineWidth - lineBases - 1] === LF &&
      (lineWidth - lineBases === 1 || bytes[i] === CR);
    if (!isBroken) throw noLineEnd(record, piece.start + done, file);
    i += lineWidth - lineBases;
  }
}

function badBase(byte: number, record: FaiRecord, position: number, file: string): Error {
  const where = `${file}: ${record.name}:${formatCount(position + 1)}, byte ${byteOfBase(record, position)}`;
  const isLayout = byte === LF || byte === CR || byte === HEADER_MARK;
  if (!isLayout) return new FastaError(`${where}: ${describeBadBase(byte)}`);
  const found = byte === HEADER_MARK ? "a header" : "a line end";
  return new IndexFileError(`${where}: expected a base by its .fai, got ${found} ${REMEDY}`);
}

function noLineEnd(record: FaiRecord, position: number, file: string): Error {
  return new IndexFileError(
    `${file}: ${record.name}:${formatCount(position + 1)}: expected a line end before it by its .fai, got something else ${REMEDY}`,
  );
}

const REMEDY = "(the index belongs to another file: delete the .fai and it will be rebuilt)";
