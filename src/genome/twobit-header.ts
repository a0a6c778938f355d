/**
 * The header and index of a .2bit file (genome.ucsc.edu/FAQ/FAQformat#format7), in either byte order:
 *
 *     signature 1A412743 | version 4 | count 4 | reserved 4
 *     count × (name length 1 | name | offset of its record 4, in version 1: 8)
 *
 * The records lie one behind the other, the first right behind the index, the last to the end of the file.
 */

import { TwoBitError } from "../errors.ts";
import { formatBytes, formatCount } from "../util/format.ts";
import type { ByteSteps } from "./byte-steps.ts";
import { MAX_CONTIGS } from "./fai.ts";

/** The first four bytes, in a file of each byte order. */
export const TWOBIT_MAGIC: readonly (readonly number[])[] = [
  [0x43, 0x27, 0x41, 0x1a],
  [0x1a, 0x41, 0x27, 0x43],
];

const HEADER_BYTES = 16;
/** The index is read in pieces of this size. */
const PIECE_BYTES = 2 ** 16;
/** A name's length is one byte. */
const MOST_ENTRY_BYTES = 1 + 255 + 8;
/** Bytes of an index at most, whatever its count says; names of the largest assemblies take a hundredth. */
const MAX_INDEX_BYTES = 2 ** 28;

export interface TwoBitEntry {
  readonly name: string;
  /** Where its record begins and ends, bytes. */
  readonly offset: number;
  readonly end: number;
}

export interface TwoBitHeader {
  readonly isLittleEndian: boolean;
  /** In the file's order of names. */
  readonly entries: readonly TwoBitEntry[];
}

interface File {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Parses header and index.
 *
 * @throws {TwoBitError} when they are malformed, beyond a limit, or records do not fill the file
 */
export function* twoBitHeader(file: File): ByteSteps<TwoBitHeader> {
  const refuse = (what: string): never => {
    throw new TwoBitError(`${file.name}: ${what} (the file is damaged: fetch it again)`);
  };
  if (file.size < HEADER_BYTES) refuse(`expected a header of 16 bytes, got ${file.size}`);
  const head = yield [0, HEADER_BYTES];
  const isLittleEndian = head[0] === TWOBIT_MAGIC[0]?.[0];
  const [version = 0, count = 0, reserved = 0] = [4, 8, 12].map((at) =>
    viewOf(head).getUint32(at, isLittleEndian),
  );
  if (version > 1) refuse(`expected 2bit version 0 or 1, got ${version}`);
  if (reserved !== 0) refuse(`expected 0 in the header's reserved field, got ${reserved}`);
  if (count === 0) refuse("expected at least one sequence, but it has none");
  if (count > MAX_CONTIGS) {
    refuse(`expected at most ${formatCount(MAX_CONTIGS)} contigs, got ${formatCount(count)}`);
  }
  const starts: { readonly name: string; readonly offset: number }[] = [];
  const names = new Set<string>();
  const offsetBytes = version === 1 ? 8 : 4;
  let piece: Uint8Array = new Uint8Array(0);
  let pieceStart = HEADER_BYTES;
  let at = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + MOST_ENTRY_BYTES > pieceStart + piece.length) {
      pieceStart = at;
      piece = yield [at, Math.min(PIECE_BYTES, file.size - at)];
    }
    const entry = piece.subarray(at - pieceStart);
    const length = entry[0] ?? 0;
    if (entry.length < 1 + length + offsetBytes) {
      refuse(`expected ${count} contigs in its index, got ${i} before the end of the file`);
    }
    const name = contigName(entry.subarray(1, 1 + length), () =>
      refuse(`expected the name of contig ${i + 1} at byte ${at + 1} to be text without blanks`),
    );
    if (names.has(name)) refuse(`expected unique names, got "${name}" again`);
    names.add(name);
    const offset = offsetAt(viewOf(entry), 1 + length, offsetBytes, isLittleEndian);
    starts.push({ name, offset });
    at += 1 + length + offsetBytes;
    if (at > MAX_INDEX_BYTES) {
      refuse(`expected an index of at most ${formatBytes(MAX_INDEX_BYTES)}, got more`);
    }
  }
  return { isLittleEndian, entries: withEnds(starts, at, file, refuse) };
}

/** Gives each record its end, the begin of the next one. */
function withEnds(
  starts: readonly { readonly name: string; readonly offset: number }[],
  indexEnd: number,
  file: File,
  refuse: (what: string) => never,
): TwoBitEntry[] {
  const order = [...starts.keys()].sort(
    (a, b) => (starts[a]?.offset ?? 0) - (starts[b]?.offset ?? 0),
  );
  const entries: TwoBitEntry[] = starts.map((start) => ({ ...start, end: file.size }));
  let expected = indexEnd;
  for (const [rank, i] of order.entries()) {
    const { name, offset } = starts[i] as (typeof starts)[number];
    const next = order[rank + 1];
    const end = next === undefined ? file.size : (starts[next]?.offset ?? 0);
    const isPlaced = rank === 0 ? offset === expected : offset >= expected && offset < file.size;
    if (!isPlaced || end <= offset) {
      refuse(
        `expected the record of "${name}" between bytes ${expected} and ${file.size}, each in its own place, got ${offset}`,
      );
    }
    entries[i] = { name, offset, end };
    expected = end;
  }
  return entries;
}

function contigName(bytes: Uint8Array, refuse: () => never): string {
  const isText = bytes.length > 0 && bytes.every((byte) => byte > 0x20 && byte !== 0x7f);
  if (!isText) return refuse();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse();
  }
}

function offsetAt(view: DataView, at: number, bytes: 4 | 8, isLittleEndian: boolean): number {
  if (bytes === 4) return view.getUint32(at, isLittleEndian);
  return Number(view.getBigUint64(at, isLittleEndian)); // beyond 2^53 it is beyond the file all the same
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
