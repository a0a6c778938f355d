/**
 * Decompresses a gzip stream of any number of members, checking what Node's own gunzip lets pass: every CRC32 and
 * ISIZE, no bytes after the last member but zeros, and a bound on how much a small file may become.
 */

import { createInflateRaw, type InflateRaw } from "node:zlib";
import { CompressionError } from "../errors.ts";
import { formatBytes } from "../util/format.ts";
import { ByteQueue } from "./byte-queue.ts";
import { readGzipHeader } from "./gzip-header.ts";
import { nodeInflate } from "./node-inflate.ts";

const TRAILER_BYTES = 8;
const TWO_32 = 2 ** 32;
const PIECE_BYTES = 2 ** 16;

/** Text this long may have any ratio to its compressed bytes: runs of N reach 1,000. */
const RATIO_FLOOR_BYTES = 2 ** 26;
/** Beyond the floor; DNA text has a ratio of about 4. */
export const MAX_RATIO = 100;
/** Text of one stream, unless the caller asks for less: sixteen times the human genome's. */
const MAX_TEXT_BYTES = 2 ** 36;

/**
 * Yields the text of the gzip stream `pieces`; each piece is the caller's.
 *
 * @param file what messages call the stream
 * @param maxBytes text beyond this is refused
 * @throws {CompressionError} when the stream is cut, damaged, has something appended, or expands beyond its bounds
 */
export async function* gunzip(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  maxBytes: number = MAX_TEXT_BYTES,
): AsyncGenerator<Uint8Array> {
  const input = new ByteQueue(pieces);
  let total = 0;
  const refuse = (what: string): never => {
    throw new CompressionError(
      `${file}, byte ${input.position}: ${what} (the file is damaged: fetch it again)`,
    );
  };
  try {
    do {
      await readGzipHeader(input, nodeInflate, refuse);
      let crc = 0;
      let length = 0;
      for await (const piece of inflateMember(input, refuse)) {
        crc = nodeInflate.crc32(piece, crc);
        length += piece.length;
        total += piece.length;
        checkExpansion(file, total, input.position, maxBytes);
        yield piece;
      }
      await checkTrailer(input, crc, length, refuse);
    } while (await hasAnotherMember(input, refuse));
  } finally {
    await input.close();
  }
}

async function* inflateMember(
  input: ByteQueue,
  refuse: (what: string) => never,
): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw({ chunkSize: PIECE_BYTES });
  let inputError: unknown;
  const fed = feed(inflater, input).catch((cause: unknown) => {
    inputError = cause;
    inflater.destroy();
  });
  try {
    for await (const piece of inflater) yield piece as Uint8Array;
  } catch (cause) {
    if (inputError !== undefined) throw inputError;
    const reason = cause instanceof Error ? cause.message : String(cause);
    refuse(`the gzip stream cannot be inflated: ${reason}`);
  } finally {
    inflater.destroy();
    await fed;
  }
}

/** Writes pieces until the deflate stream ends, and puts back what stands behind it. */
async function feed(inflater: InflateRaw, input: ByteQueue): Promise<void> {
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    for (const event of ["end", "error", "close"]) inflater.once(event, resolve);
  }).then(() => {
    isOver = true;
  });
  let written = 0;
  let last: Uint8Array = new Uint8Array(0);
  while (!isOver) {
    const piece = await input.next();
    if (piece === undefined) {
      inflater.end();
      await over;
      break;
    }
    last = piece;
    written += piece.length;
    await Promise.race([over, new Promise((resolve) => inflater.write(piece, resolve))]);
    if (inflater.bytesWritten < written) break;
  }
  const unused = written - inflater.bytesWritten;
  if (unused > 0) input.putBack(last.subarray(last.length - unused));
}

function checkExpansion(file: string, text: number, compressed: number, maxBytes: number): void {
  if (text > maxBytes) {
    throw new CompressionError(
      `${file}: expected at most ${formatBytes(maxBytes)} of text, got more`,
    );
  }
  if (text > RATIO_FLOOR_BYTES && text > compressed * MAX_RATIO) {
    throw new CompressionError(
      `${file}: expected text at most ${MAX_RATIO} times its compressed size, got ${formatBytes(text)} from ${formatBytes(compressed)} (is this a compression bomb?)`,
    );
  }
}

async function checkTrailer(
  input: ByteQueue,
  crc: number,
  length: number,
  refuse: (what: string) => never,
): Promise<void> {
  const trailer = await input.take(TRAILER_BYTES);
  if (trailer.length < TRAILER_BYTES)
    refuse("expected a CRC32 and a length, got the end of the file");
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES);
  if (view.getUint32(0, true) !== crc) refuse("the text fails its CRC32");
  if (view.getUint32(4, true) !== length % TWO_32) {
    refuse(`expected ${view.getUint32(4, true)} bytes of text by its ISIZE, got ${length}`);
  }
}

/** Whether another member follows; zeros to the end of the file are padding. */
async function hasAnotherMember(
  input: ByteQueue,
  refuse: (what: string) => never,
): Promise<boolean> {
  const first = await input.next();
  if (first === undefined) return false;
  if (first[0] === 0x1f) {
    input.putBack(first);
    return true;
  }
  for (let piece: Uint8Array | undefined = first; piece !== undefined; piece = await input.next()) {
    if (piece.some((byte) => byte !== 0)) {
      refuse("expected the end of the file or another gzip member, got something else");
    }
  }
  return false;
}
