/** A genome over a .2bit file: Ns and soft-masking as runs, bases by two bits; each read touches only its own bytes. */

import { TwoBitError } from "../errors.ts";
import type { FileLoops } from "./byte-loops.ts";
import type { ByteSource } from "./byte-source.ts";
import { awaitSteps, type ByteSteps, runSteps } from "./byte-steps.ts";
import { checkInterval } from "./check-interval.ts";
import type { Contig, Genome } from "./genome.ts";
import type { Interval } from "./interval.ts";
import { roomFor } from "./room-for.ts";
import { twoBitHeader } from "./twobit-header.ts";
import {
  type RecordPlace,
  type TwoBitRecord,
  twoBitLength,
  twoBitRecord,
} from "./twobit-record.ts";
import { unknownContig } from "./unknown-contig.ts";
import { unpackBases, writeSoftMasked, writeUnknown } from "./unpack-bases.ts";

/** Bases fetched at a time, so that reading a contig costs little more memory than its bases; a multiple of 4. */
const PIECE_BASES = 2 ** 22;
/** Contigs whose lengths are asked for at once, where that takes waiting. */
const LENGTHS_AT_ONCE = 16;

export interface TwoBitGenome {
  readonly genome: Genome;
  /** Names of contigs without bases, which are left out. */
  readonly emptyContigs: readonly string[];
}

/**
 * Opens a .2bit file, with `readSync` where `source` has it; closing the genome closes `source`.
 *
 * Index, records and runs are checked as far as the format can be: it has no checksum, so a base that was changed is
 * found by its contig's MD5 alone.
 *
 * @param files loops that read windows by themselves, where there are any
 * @throws {TwoBitError} when it is malformed
 */
export async function openTwoBit(source: ByteSource, files?: FileLoops): Promise<TwoBitGenome> {
  const header = await awaitSteps(twoBitHeader(source), source);
  const { isLittleEndian } = header;
  const places = header.entries.map(
    (entry): RecordPlace => ({ entry, isLittleEndian, file: source.name }),
  );
  const lengths: number[] = [];
  for (let at = 0; at < places.length; at += LENGTHS_AT_ONCE) {
    const some = places.slice(at, at + LENGTHS_AT_ONCE);
    lengths.push(
      ...(await Promise.all(some.map((place) => awaitSteps(twoBitLength(place), source)))),
    );
  }
  const all = places.map(({ entry }, i) => ({ name: entry.name, length: lengths[i] as number }));
  const contigs = all.filter(({ length }) => length > 0);
  const emptyContigs = all.filter(({ length }) => length === 0).map(({ name }) => name);
  for (const [i, place] of places.entries()) {
    if (lengths[i] === 0) await awaitSteps(twoBitRecord(place), source); // whole, or damaged?
  }
  if (contigs.length === 0) {
    throw new TwoBitError(`${source.name}: expected at least one base, but every contig is empty`);
  }
  return { genome: genomeOf(source, places, contigs, files), emptyContigs };
}

function genomeOf(
  source: ByteSource,
  places: readonly RecordPlace[],
  contigs: readonly Contig[],
  files: FileLoops | undefined,
): Genome {
  const placeOf = new Map(places.map((place) => [place.entry.name, place]));
  const lengthOf = new Map(contigs.map((contig) => [contig.name, contig]));
  const records = new Map<string, TwoBitRecord>();
  const maxBases = 4 * ((files?.maxBytes ?? 1) - 1);

  function* bases(interval: Interval): ByteSteps<Uint8Array> {
    const contig = lengthOf.get(interval.contig);
    const place = placeOf.get(interval.contig);
    if (contig === undefined || place === undefined) {
      throw unknownContig(interval.contig, contigs);
    }
    checkInterval(interval, contig);
    let record = records.get(contig.name);
    if (record === undefined) {
      record = yield* twoBitRecord(place);
      records.set(contig.name, record);
    }
    const { start, end } = interval;
    if (end - start <= PIECE_BASES) return yield* readPiece(record, start, end);
    const all = new Uint8Array(end - start);
    for (let from = start; from < end; from += PIECE_BASES) {
      const piece = yield* readPiece(record, from, Math.min(end, from + PIECE_BASES));
      all.set(piece, from - start);
    }
    return all;
  }

  /** A window of a contig whose record was read before, in one call; undefined where that cannot be. */
  const readAtOnce = (interval: Interval, into?: Uint8Array): Uint8Array | undefined => {
    const { start, end } = interval;
    const record = records.get(interval.contig);
    const file = end - start < maxBases ? source.descriptor?.() : undefined;
    if (files === undefined || record === undefined || file === undefined) return undefined;
    checkInterval(interval, record);
    const out = roomFor(end - start, into);
    return files.readPacked(file, record.packed, start, record.runs, out) ? out : undefined;
  };

  const readBytes = source.readSync?.bind(source);
  const readSync =
    readBytes &&
    ((interval: Interval, into?: Uint8Array): Uint8Array => {
      const found = readAtOnce(interval, into);
      if (found !== undefined) return found;
      const read = runSteps(bases(interval), readBytes);
      if (into === undefined) return read;
      const out = roomFor(read.length, into);
      out.set(read);
      return out;
    });
  return {
    name: source.name,
    residence: readSync === undefined ? "server" : "file",
    contigs,
    ...(readSync === undefined ? {} : { readSync }),
    read: async (interval) => readSync?.(interval) ?? (await awaitSteps(bases(interval), source)),
    close: () => source.close(),
  };
}

function* readPiece(record: TwoBitRecord, start: number, end: number): ByteSteps<Uint8Array> {
  if (start === end) return new Uint8Array(0);
  const first = Math.floor(start / 4);
  const packed = yield [record.packed + first, Math.ceil(end / 4) - first];
  const bases = unpackBases(packed, start % 4, end - start);
  writeUnknown(bases, start, record.unknown);
  writeSoftMasked(bases, start, record.softMasked);
  return bases;
}
