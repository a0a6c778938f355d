/**
 * Tables from Arrow IPC files. A reader may take a cut file for a shorter one or fail somewhere inside, so the frame
 * is checked first: "ARROW1" at both ends around footer and footer length. The format has no checksum: bytes changed
 * inside the frame are seen only by a hash kept elsewhere.
 */

import { readFile } from "node:fs/promises";
import type * as arrowModule from "apache-arrow";
import type { Vector } from "apache-arrow";
import { FileError, GdiffError, TableError } from "../../errors.ts";
import type { Column, Table } from "./table.ts";

type Arrow = typeof arrowModule;

const MAGIC = "ARROW1";
const LEAST_BYTES = 8 + 4 + MAGIC.length; // padded magic, footer length, magic

/**
 * Reads all of a table; apache-arrow is loaded on the first call.
 *
 * @throws {FileError} when the file cannot be read
 * @throws {TableError} when it is cut short, is no Arrow IPC file, or has a column that is not utf8, int32, int64 of
 *   at most 53 bits, float64 or bool without nulls
 */
export async function readArrowTable(path: string): Promise<Table> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`${path}: expected to read a table, but the system said: ${said}`, {
      cause,
    });
  });
  checkFrame(path, bytes);
  const arrow = await import("apache-arrow");
  try {
    return decode(arrow, path, bytes);
  } catch (cause) {
    if (cause instanceof GdiffError) throw cause;
    throw cutShort(path, bytes.length, cause); // a damaged footer fails anywhere inside the reader
  }
}

function decode(arrow: Arrow, path: string, bytes: Buffer): Table {
  const table = arrow.tableFromIPC(bytes);
  const columns = table.schema.fields.map((field, i) =>
    columnOf(arrow, path, field.name, table.getChildAt(i) as Vector),
  );
  return { columns, metadata: Object.fromEntries(table.schema.metadata) };
}

function checkFrame(path: string, bytes: Buffer): void {
  const textAt = (start: number): string => bytes.toString("latin1", start, start + MAGIC.length);
  if (bytes.length < MAGIC.length || textAt(0) !== MAGIC) {
    throw new TableError(
      `${path}: expected an Arrow IPC file, which begins with ${MAGIC}, got other bytes`,
    );
  }
  const end = bytes.length - MAGIC.length;
  const footerLength = bytes.length < LEAST_BYTES ? 0 : bytes.readInt32LE(end - 4);
  const isWhole = textAt(end) === MAGIC && footerLength > 0 && footerLength <= end - 4 - 8;
  if (!isWhole) throw cutShort(path, bytes.length);
}

function cutShort(path: string, length: number, cause?: unknown): TableError {
  return new TableError(
    `${path}: expected an Arrow IPC file that ends with its footer and ${MAGIC}, got ${length} bytes that do not: ` +
      "the file is cut short or damaged, write it again",
    { cause },
  );
}

function columnOf(arrow: Arrow, path: string, name: string, vector: Vector): Column {
  if (vector.nullCount > 0) {
    throw new TableError(`${path}: expected column ${name} without nulls, got ${vector.nullCount}`);
  }
  const { type } = vector;
  if (arrow.DataType.isUtf8(type)) {
    return { name, type: "utf8", values: Array.from(vector, String) };
  }
  if (arrow.DataType.isInt(type) && type.bitWidth === 32 && type.isSigned) {
    return { name, type: "int32", values: Int32Array.from(vector) };
  }
  if (arrow.DataType.isInt(type) && type.bitWidth === 64 && type.isSigned) {
    return { name, type: "int64", values: safeIntegers(path, name, vector) };
  }
  if (arrow.DataType.isFloat(type) && type.precision === arrow.Precision.DOUBLE) {
    return { name, type: "float64", values: Float64Array.from(vector) };
  }
  if (arrow.DataType.isBool(type)) {
    return { name, type: "bool", values: Uint8Array.from(vector, Number) };
  }
  throw new TableError(
    `${path}: expected column ${name} to be utf8, int32, int64, float64 or bool, got ${type}`,
  );
}

function safeIntegers(path: string, name: string, vector: Vector): Float64Array {
  return Float64Array.from(vector, (value: unknown) => {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw new TableError(
      `${path}: expected column ${name} to have integers of at most 53 bits, got ${value}`,
    );
  });
}
