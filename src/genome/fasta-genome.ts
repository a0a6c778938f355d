/** A genome over indexed FASTA text, plain or the view of a BGZF file: each read touches only its own bytes. */

import type { ByteLoops } from "./byte-loops.ts";
import type { ByteSource } from "./byte-source.ts";
import { checkInterval } from "./check-interval.ts";
import { byteOfBase, type FaiRecord } from "./fai.ts";
import { brokenLine } from "./fasta-mismatch.ts";
import type { Genome } from "./genome.ts";
import type { Interval } from "./interval.ts";
import { plainByteLoops } from "./plain-byte-loops.ts";
import { roomFor } from "./room-for.ts";
import { unknownContig } from "./unknown-contig.ts";

/** Bases fetched at a time, so that reading a contig costs little more memory than its bases. */
const PIECE_BASES = 2 ** 22;
/** Text of a window is read into memory that is kept, up to this many bytes. */
const KEPT_BYTES = 2 ** 18;

/**
 * Returns the genome of `text` as `records` describe it, with `readSync` where `text` has it; closing it closes `text`.
 *
 * Every base and every line end that a read crosses is checked.
 */
export function fastaGenome(
  text: ByteSource,
  records: readonly FaiRecord[],
  loops: ByteLoops = plainByteLoops,
): Genome {
  const recordOf = new Map(records.map((record) => [record.name, record]));
  const contigs = records.map(({ name, length }) => ({ name, length }));

  const recordFor = (interval: Interval): FaiRecord => {
    const record = recordOf.get(interval.contig);
    if (record === undefined) throw unknownContig(interval.contig, contigs);
    checkInterval(interval, record);
    return record;
  };
  /** Copies the bases of `[start, end)` out of `bytes`, whose first is the piece's first base. */
  const unwrap = (
    bytes: Uint8Array,
    record: FaiRecord,
    start: number,
    end: number,
    out: Uint8Array,
    at: number,
  ): void => {
    const column = record.lineBases === 0 ? 0 : start % record.lineBases;
    const count = end - start;
    const done = loops.unwrap(bytes, 0, bytes.length, column, record, false, out, at, count);
    if (done < count) throw brokenLine(bytes, record, start, done, text.name);
  };

  const common = { name: text.name, contigs, close: () => text.close() };
  const readText = text.readSync?.bind(text);
  if (readText === undefined) {
    return {
      ...common,
      residence: "server",
      async read(interval) {
        const record = recordFor(interval);
        const out = new Uint8Array(interval.end - interval.start);
        for (const { start, end, offset, length } of piecesOf(record, interval)) {
          const bytes = await text.read(offset, length);
          unwrap(bytes, record, start, end, out, start - interval.start);
        }
        return out;
      },
    };
  }
  const kept = new Uint8Array(KEPT_BYTES);
  const { files } = loops;
  const maxBytes = files?.maxBytes ?? 0;
  const readSync = (interval: Interval, into?: Uint8Array): Uint8Array => {
    const record = recordFor(interval);
    const { start, end } = interval;
    const out = roomFor(end - start, into);
    if (end - start <= KEPT_BYTES / 2 && end > start) {
      const offset = byteOfBase(record, start);
      const length = byteOfBase(record, end - 1) + 1 - offset;
      const file = length <= maxBytes ? text.descriptor?.() : undefined;
      if (files !== undefined && file !== undefined) {
        const column = start % record.lineBases;
        const done = files.readLines(file, offset, length, column, record, out);
        if (done === out.length) return out;
      }
      const room = length <= KEPT_BYTES ? kept : undefined;
      unwrap(readText(offset, length, room), record, start, end, out, 0);
      return out;
    }
    for (const piece of piecesOf(record, interval)) {
      const bytes = readText(piece.offset, piece.length);
      unwrap(bytes, record, piece.start, piece.end, out, piece.start - start);
    }
    return out;
  };
  return {
    ...common,
    residence: "file",
    readSync,
    read: async (interval) => readSync(interval),
  };
}

/** What is fetched at a time: bases `[start, end)`, in `length` bytes at `offset`. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  readonly length: number;
}

function* piecesOf(record: FaiRecord, interval: Interval): Generator<Piece> {
  for (let { start } = interval; start < interval.end; start += PIECE_BASES) {
    const end = Math.min(interval.end, start + PIECE_BASES);
    const offset = byteOfBase(record, start);
    yield { start, end, offset, length: byteOfBase(record, end - 1) + 1 - offset };
  }
}
