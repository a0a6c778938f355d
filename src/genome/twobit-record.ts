/**
 * The record of one contig in a .2bit file, integers of 4 bytes:
 *
 *     bases | N count | N starts | N lengths | soft-mask count | starts | lengths | reserved | packed bases
 *
 * Four bases a byte, the first in the highest bits: T 0, C 1, A 2, G 3.
 */

import { TwoBitError } from "../errors.ts";
import { formatCount } from "../util/format.ts";
import type { BaseRuns } from "./byte-loops.ts";
import type { ByteSteps } from "./byte-steps.ts";
import { type JoinedRuns, joinRuns } from "./join-runs.ts";
import type { TwoBitEntry } from "./twobit-header.ts";

export interface TwoBitRecord extends JoinedRuns {
  readonly name: string;
  /** Bases. */
  readonly length: number;
  /** Byte of the first packed bases. */
  readonly packed: number;
}

const FIELD_BYTES = 4;
/** Bases that are N or soft-masked in runs: more runs than this are a damaged file; hg38's chr1 has 434,000. */
const MAX_RUNS = 2 ** 26;

/** Where a record is, and how its file is written. */
export interface RecordPlace {
  readonly entry: TwoBitEntry;
  readonly isLittleEndian: boolean;
  /** What messages call the file. */
  readonly file: string;
}

/** Reads the number of bases alone. */
export function* twoBitLength({ entry, isLittleEndian, file }: RecordPlace): ByteSteps<number> {
  if (entry.offset + FIELD_BYTES > entry.end) throw cut(entry, file);
  return uint32s(yield [entry.offset, FIELD_BYTES], isLittleEndian)[0] as number;
}

/**
 * Reads all of a record but its bases.
 *
 * @throws {TwoBitError} when runs are not in order or not on the contig, or the record is not as long as its place
 */
export function* twoBitRecord(place: RecordPlace): ByteSteps<TwoBitRecord> {
  const { entry, isLittleEndian, file } = place;
  const { name, end } = entry;
  const length = yield* twoBitLength(place);
  let at = entry.offset + FIELD_BYTES;
  function* fields(count: number): ByteSteps<Uint32Array> {
    if (at + count * FIELD_BYTES > end) throw cut(entry, file);
    const values = uint32s(yield [at, count * FIELD_BYTES], isLittleEndian);
    at += count * FIELD_BYTES;
    return values;
  }
  function* runs(kind: string): ByteSteps<BaseRuns> {
    const [count = 0] = yield* fields(1);
    if (count > Math.min(MAX_RUNS, length)) {
      throw damaged(
        file,
        `expected at most ${formatCount(Math.min(MAX_RUNS, length))} runs of ${kind} in "${name}", got ${formatCount(count)}`,
      );
    }
    const starts = yield* fields(count);
    const lengths = yield* fields(count);
    checkRuns(starts, lengths, length, (what) => {
      throw damaged(file, `runs of ${kind} in "${name}": ${what}`);
    });
    return { starts, lengths };
  }
  const unknown = yield* runs("N");
  const softMasked = yield* runs("soft-masked bases");
  const [reserved] = yield* fields(1);
  if (reserved !== 0) {
    throw damaged(file, `expected 0 in the reserved field of "${name}", got ${reserved}`);
  }
  if (at + Math.ceil(length / 4) !== end) {
    throw damaged(
      file,
      `expected the ${formatCount(length)} bases of "${name}" to end at byte ${end}, where the next record or the file's end is, got byte ${at + Math.ceil(length / 4)}`,
    );
  }
  return { name, length, ...joinRuns(unknown, softMasked), packed: at };
}

function checkRuns(
  starts: Uint32Array,
  lengths: Uint32Array,
  bases: number,
  refuse: (what: string) => never,
): void {
  let before = 0;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] as number;
    const end = start + (lengths[i] as number);
    if (start < before || end === start || end > bases) {
      refuse(
        `expected run ${i + 1} to lie between bases ${formatCount(before)} and ${formatCount(bases)}, got ${formatCount(start)} to ${formatCount(end)}`,
      );
    }
    before = end;
  }
}

function uint32s(bytes: Uint8Array, isLittleEndian: boolean): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Uint32Array(bytes.length / FIELD_BYTES);
  for (let i = 0; i < values.length; i++) {
    values[i] = view.getUint32(i * FIELD_BYTES, isLittleEndian);
  }
  return values;
}

function cut({ name, end }: TwoBitEntry, file: string): TwoBitError {
  return damaged(file, `expected the whole record of "${name}" before byte ${end}, got a part`);
}

function damaged(file: string, what: string): TwoBitError {
  return new TwoBitError(`${file}: ${what} (the file is damaged: fetch it again)`);
}
