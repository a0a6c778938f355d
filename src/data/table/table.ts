/** A table: named columns of one length, and text about them. Written and read by the files beside this one. */

export type Column =
  | { readonly name: string; readonly type: "utf8"; readonly values: readonly string[] }
  | { readonly name: string; readonly type: "int32"; readonly values: Int32Array }
  /** Integers of at most 53 bits, such as positions in a genome of any size; read back as a Float64Array. */
  | {
      readonly name: string;
      readonly type: "int64";
      readonly values: Float64Array | readonly number[];
    }
  | { readonly name: string; readonly type: "float64"; readonly values: Float64Array }
  /** One byte a row: 0 is false, anything else is true. */
  | { readonly name: string; readonly type: "bool"; readonly values: Uint8Array }
  | VectorColumn;

/** A vector a row, all of `width` numbers. */
export interface VectorColumn {
  readonly name: string;
  readonly type: "float32s";
  /** At least 1. */
  readonly width: number;
  /** [rows, width] */
  readonly values: Float32Array;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Returns the number of rows.
 *
 * @throws {RangeError} when there is no column, two have one name, or their lengths differ
 */
export function rowCount(table: Table): number {
  const [first, ...others] = table.columns;
  if (first === undefined)
    throw new RangeError("internal: expected a table of at least one column");
  const names = new Set([first.name]);
  const rows = lengthOf(first);
  for (const column of others) {
    const { name } = column;
    if (names.has(name)) throw new RangeError(`internal: expected one column ${name}, got two`);
    names.add(name);
    if (lengthOf(column) !== rows) {
      throw new RangeError(
        `internal: expected ${rows} rows in column ${name}, as in ${first.name}, got ${lengthOf(column)}`,
      );
    }
  }
  return rows;
}

function lengthOf(column: Column): number {
  return column.type === "float32s" ? column.values.length / column.width : column.values.length;
}

/**
 * Returns the values of an int64 column as 64-bit integers.
 *
 * @throws {RangeError} when one is not an integer of at most 53 bits
 */
export function int64Values(column: Extract<Column, { type: "int64" }>): BigInt64Array {
  return BigInt64Array.from(column.values, (value) => {
    if (Number.isSafeInteger(value)) return BigInt(value);
    throw new RangeError(`internal: expected integers in column ${column.name}, got ${value}`);
  });
}
