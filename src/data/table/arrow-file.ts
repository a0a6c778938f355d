/**
 * The bytes of Arrow IPC, as a file or a stream. A reader may take cut bytes for a shorter table or fail somewhere
 * inside, so the frame is checked first: of a file "ARROW1" at both ends around footer and footer length, of a stream
 * the mark at its end. The format has no checksum: bytes changed inside the frame are seen only by a hash kept elsewhere.
 */

import { readFile } from "node:fs/promises";
import type * as arrowModule from "apache-arrow";
import { FileError, GdiffError, TableError } from "../../errors.ts";

export type Arrow = typeof arrowModule;

const MAGIC = "ARROW1";
const LEAST_BYTES = 8 + 4 + MAGIC.length; // padded magic, footer length, magic
/** A row of a bool column takes a bit, of all others more: a length beyond this is damage. */
const MAX_ROWS_A_BYTE = 8;
/** Before each message of a stream, and before its end. */
const CONTINUATION = 0xffffffff;
const EXPECTED = "expected an Arrow IPC file";

export interface ArrowContents {
  readonly arrow: Arrow;
  readonly table: arrowModule.Table;
  /**
   * Runs what takes values out of `table`.
   *
   * @throws {TableError} that the file is damaged, where `take` fails inside the reader
   */
  decode<T>(take: () => T): T;
}

/**
 * Opens all of a file; apache-arrow is loaded on the first call.
 *
 * @throws {FileError} when the file cannot be read
 * @throws {TableError} when it is cut short, damaged, compressed, or no Arrow IPC
 */
export async function openArrow(path: string): Promise<ArrowContents> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`${path}: expected to read a table, but the system said: ${said}`, {
      cause,
    });
  });
  checkFrame(path, bytes);
  const arrow = await import("apache-arrow");
  const decode = <T>(take: () => T): T => {
    try {
      return take();
    } catch (cause) {
      if (cause instanceof GdiffError) throw cause;
      if (cause instanceof Error && /compressed/.test(cause.message)) {
        throw new TableError(
          `${path}: ${EXPECTED} without compression, got one with it (write it again uncompressed, or as parquet)`,
          { cause },
        );
      }
      throw cutShort(path, bytes.length, cause); // damage fails anywhere inside the reader
    }
  };
  const table = decode(() => arrow.tableFromIPC(bytes));
  if (table.numRows > MAX_ROWS_A_BYTE * bytes.length) throw cutShort(path, bytes.length);
  return { arrow, table, decode };
}

function checkFrame(path: string, bytes: Buffer): void {
  const textAt = (start: number): string => bytes.toString("latin1", start, start + MAGIC.length);
  if (bytes.length >= 8 && bytes.readUInt32LE(0) === CONTINUATION) {
    const isEnded =
      bytes.readUInt32LE(bytes.length - 8) === CONTINUATION &&
      bytes.readUInt32LE(bytes.length - 4) === 0;
    if (isEnded) return;
    throw new TableError(
      `${path}: expected an Arrow IPC stream that ends with its mark of the end, got ${bytes.length} bytes that do not: ` +
        "the file is cut short or damaged, write it again",
    );
  }
  if (bytes.length < MAGIC.length || textAt(0) !== MAGIC) {
    throw new TableError(`${path}: ${EXPECTED}, which begins with ${MAGIC}, got other bytes`);
  }
  const end = bytes.length - MAGIC.length;
  const footerLength = bytes.length < LEAST_BYTES ? 0 : bytes.readInt32LE(end - 4);
  const isWhole = textAt(end) === MAGIC && footerLength > 0 && footerLength <= end - 4 - 8;
  if (!isWhole) throw cutShort(path, bytes.length);
}

function cutShort(path: string, length: number, cause?: unknown): TableError {
  return new TableError(
    `${path}: ${EXPECTED} that ends with its footer and ${MAGIC}, got ${length} bytes that do not: ` +
      "the file is cut short or damaged, write it again",
    { cause },
  );
}
