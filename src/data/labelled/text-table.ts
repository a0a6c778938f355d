/** A table as text: what CSV, Arrow and parquet files have in common where labelled sequences are read from them. */

export interface TextTable {
  /** What messages call it. */
  readonly file: string;
  /** Of the columns, in the file's order. */
  readonly names: readonly string[];
  readonly rows: number;
  /** What messages call a row, counted from 0: `a.csv line 2`. */
  placeOf(row: number): string;
  /**
   * Returns the cells of columns that are there, in the order of `names`; a cell without a value is "".
   *
   * @throws {TableError} when a column is damaged, or of values that are neither text, whole numbers nor true and false
   */
  read(names: readonly string[]): Promise<readonly (readonly string[])[]>;
}
