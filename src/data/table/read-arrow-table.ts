/** Tables from Arrow IPC, of the column types that gdiff's own tables have. */

import type { DataType, Float32, Vector } from "apache-arrow";
import { TableError } from "../../errors.ts";
import { type Arrow, openArrow } from "./arrow-file.ts";
import type { Column, Table } from "./table.ts";

/**
 * Reads all of a table; apache-arrow is loaded on the first call.
 *
 * @throws {FileError} when the file cannot be read
 * @throws {TableError} when it is cut short, is no Arrow IPC, or has a column that is not utf8, int32, int64 of
 *   at most 53 bits, float64, bool or float32 lists of one size, without nulls
 */
export async function readArrowTable(path: string): Promise<Table> {
  const { arrow, table, decode } = await openArrow(path);
  return decode(() => ({
    columns: table.schema.fields.map((field, i) =>
      columnOf(arrow, path, field.name, table.getChildAt(i) as Vector),
    ),
    metadata: Object.fromEntries(table.schema.metadata),
  }));
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
  if (arrow.DataType.isFixedSizeList(type) && isFloat32(arrow, type.valueType)) {
    return {
      name,
      type: "float32s",
      width: type.listSize,
      values: vectorValues(path, name, vector),
    };
  }
  throw new TableError(
    `${path}: expected column ${name} to be utf8, int32, int64, float64, bool or float32 lists of one size, got ${type}`,
  );
}

function isFloat32(arrow: Arrow, type: DataType): boolean {
  return arrow.DataType.isFloat(type) && type.precision === arrow.Precision.SINGLE;
}

function vectorValues(path: string, name: string, vector: Vector): Float32Array {
  const elements = vector.getChildAt(0);
  if (elements === null || elements.nullCount > 0) {
    throw new TableError(`${path}: expected column ${name} to have lists without nulls`);
  }
  return Float32Array.from(elements as Vector<Float32>);
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
