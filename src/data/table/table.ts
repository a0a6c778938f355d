/** A table: named columns of one length, and text about them. Written and read by the files beside this one. */

import { EXIT, GdiffError } from "../../errors.ts";

export type Column =
  | { readonly name: string; readonly type: "utf8"; readonly values: readonly string[] }
  | { readonly name: string; readonly type: "int32"; readonly values: Int32Array }
  | { readonly name: string; readonly type: "float64"; readonly values: Float64Array }
  /** One byte a row: 0 is false, anything else is true. */
  | { readonly name: string; readonly type: "bool"; readonly values: Uint8Array };

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
  for (const { name, values } of others) {
    if (names.has(name)) throw new RangeError(`internal: expected one column ${name}, got two`);
    names.add(name);
    if (values.length !== first.values.length) {
      throw new RangeError(
        `internal: expected ${first.values.length} rows in column ${name}, as in ${first.name}, got ${values.length}`,
      );
    }
  }
  return first.values.length;
}

/** A table file that is damaged, or holds what gdiff's tables do not. */
export function tableError(path: string, sentence: string, cause?: unknown): GdiffError {
  return new GdiffError("E_TABLE", EXIT.corrupt, `${path}: ${sentence}`, { cause });
}
