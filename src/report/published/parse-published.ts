/** JSON of published numbers, checked key by key; `data/manifests/schema/published.schema.json` says the same. */

import { ManifestReader } from "../../data/manifests/manifest-reader.ts";
import { FileError } from "../../errors.ts";
import type { PublishedProtocol, PublishedResult, PublishedTable } from "./published-table.ts";

const SCHEMA = 1;
/** File, tables, table, rows, row, cell. */
const MAX_DEPTH = 6;
const LINE = /^[^\p{Cc}]{1,300}$/u;
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/u;
/** Those that papers print, all between 0 and 1. */
const PUBLISHED_METRICS = ["accuracy", "f1", "matthews", "auroc", "auprc"] as const;

const NAME_EXPECTED = "names of lower-case letters, digits, _ and -";

type Cell = Pick<PublishedResult, "value" | "plusMinus">;
type Column = Pick<PublishedResult, "model" | "metric">;

/**
 * Parses tables; a key that it does not know is refused.
 *
 * @throws {FileError} naming the key that is not as it should be
 */
export function parsePublished(text: string, path: string): readonly PublishedTable[] {
  const read = new ManifestReader(path);
  const keys = ["$schema", "schema", "about", "tables"] as const;
  const root = read.mapping(read.json(text, MAX_DEPTH), "the file", keys);
  if (root.$schema !== undefined) read.text(root.$schema, "$schema", /^/u, "a text");
  read.check(root.schema === SCHEMA, "schema", String(SCHEMA), root.schema);
  line(read, root.about, "about");
  const tables = read
    .list(root.tables, "tables", 1)
    .map((item, i) => parseTable(read, item, `tables[${i}]`));
  expectOnce(
    tables.map(({ name }) => name),
    "each name of a table",
    path,
  );
  for (const { name, results } of tables) {
    const named = results.map(({ set, model, metric }) => `${metric} of ${model} on ${set}`);
    expectOnce(named, `each number of ${name}`, path);
  }
  return tables;
}

function parseTable(read: ManifestReader, value: unknown, where: string): PublishedTable {
  const keys = ["name", "paper", "source", "table", "protocol", "columns", "rows"] as const;
  const table = read.mapping(value, where, keys);
  const columns = read
    .list(table.columns, `${where}.columns`, 1)
    .map((item, i) => parseColumn(read, item, `${where}.columns[${i}]`));
  const parseRow = (row: unknown, at: string): Cell[] => {
    const cells = read.list(row, at, 1);
    read.check(cells.length === columns.length, at, `${columns.length} cells`, cells.length);
    return cells.map((cell, i) => parseCell(read, cell, `${at}[${i}]`));
  };
  const rows = read.entries(table.rows, `${where}.rows`, NAME, parseRow, NAME_EXPECTED);
  return {
    name: read.text(table.name, `${where}.name`, NAME, NAME_EXPECTED),
    paper: line(read, table.paper, `${where}.paper`),
    source: line(read, table.source, `${where}.source`),
    table: line(read, table.table, `${where}.table`),
    protocol: parseProtocol(read, table.protocol, `${where}.protocol`),
    results: [...rows].flatMap(([set, cells]) =>
      cells.map((cell, i) => ({ set, ...(columns[i] as Column), ...cell })),
    ),
  };
}

function parseProtocol(read: ManifestReader, value: unknown, where: string): PublishedProtocol {
  const keys = ["split", "average", "plusMinus", "selection", "isSelectedOnTest"] as const;
  const protocol = read.mapping(value, where, keys);
  return {
    split: line(read, protocol.split, `${where}.split`),
    average: line(read, protocol.average, `${where}.average`),
    plusMinus: line(read, protocol.plusMinus, `${where}.plusMinus`),
    selection: line(read, protocol.selection, `${where}.selection`),
    isSelectedOnTest: read.truth(protocol.isSelectedOnTest, `${where}.isSelectedOnTest`),
  };
}

function parseColumn(read: ManifestReader, value: unknown, where: string): Column {
  const column = read.mapping(value, where, ["model", "metric"]);
  const metric = PUBLISHED_METRICS.find((name) => name === column.metric);
  if (metric === undefined) {
    const expected = `one of ${PUBLISHED_METRICS.join(", ")}`;
    throw read.refusal(`${where}.metric`, expected, column.metric);
  }
  return { model: line(read, column.model, `${where}.model`), metric };
}

function parseCell(read: ManifestReader, value: unknown, where: string): Cell {
  const [first, second] = read
    .list(value, where, 1, 2)
    .map((item, i) => share(read, item, `${where}[${i}]`));
  return { value: first as number, plusMinus: second };
}

function share(read: ManifestReader, value: unknown, where: string): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw read.refusal(where, "a share between 0 and 1", value);
}

function line(read: ManifestReader, value: unknown, where: string): string {
  return read.text(value, where, LINE, "a line of text");
}

function expectOnce(names: readonly string[], what: string, path: string): void {
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated === undefined) return;
  throw new FileError(`${path}: expected ${what} once, got "${repeated}" twice`);
}
