/** Which columns of a table hold what, and its rows as labelled ones. */

import { TableError } from "../../errors.ts";
import type { Strand, StrandedInterval } from "../../genome/interval.ts";
import { parsePosition } from "../../genome/text-lines.ts";
import { formatNames, formatOneLine } from "../../util/format.ts";
import type { LabelledRow } from "./make-labelled-sequences.ts";
import type { SequenceRow } from "./make-sequences.ts";
import type { TextTable } from "./text-table.ts";

/** Names of columns; those left out have their usual names. */
export interface LabelColumns {
  /** Usually `sequence`. */
  readonly sequence?: string;
  /** Usually `label`. */
  readonly label?: string;
  /** Usually `id`, where there is such a column. */
  readonly id?: string;
  /** Usually `contig`, `chrom` or `region`; kept where contig, start and end are all there. */
  readonly contig?: string;
  /** Usually `start`: 0-based. */
  readonly start?: string;
  /** Usually `end`: not in the interval. */
  readonly end?: string;
  /** Usually `strand`: +, - or nothing; "." is nothing. */
  readonly strand?: string;
  /** Names of groups that no split parts; there is no usual name. */
  readonly group?: string;
}

type Role = keyof LabelColumns;

const USUAL: Readonly<Record<Role, readonly string[]>> = {
  sequence: ["sequence"],
  label: ["label"],
  id: ["id"],
  contig: ["contig", "chrom", "region"],
  start: ["start"],
  end: ["end"],
  strand: ["strand"],
  group: [],
};
const ROLES = Object.keys(USUAL) as readonly Role[];
const NEEDED: readonly Role[] = ["sequence", "label"];
const PLACE: readonly Role[] = ["contig", "start", "end"];
/** Of a name in a message. */
const SHOWN_CHARACTERS = 40;

/**
 * Reads the rows of a table. Coordinates are left out where contig, start or end has no column, or no value in the row.
 *
 * @throws {TableError} naming the column that is missing or there twice, or the row whose coordinates are none
 */
export async function labelledRows(
  table: TextTable,
  columns: LabelColumns = {},
): Promise<LabelledRow[]> {
  const { rows, labels, groups } = await readRows(table, findColumns(table, columns, NEEDED));
  return rows.map((row, i) => ({
    ...row,
    label: labels?.[i] as string,
    ...(groups === undefined ? {} : { group: groups[i] as string }),
  }));
}

/** Rows whose labels may be missing, all of them or none. */
export interface UnlabelledRows {
  readonly rows: SequenceRow[];
  readonly labels?: readonly string[];
}

/** Reads the rows of a table that need no column of labels; one that is there, or is named, is read. Throws as `labelledRows`. */
export async function sequenceRows(
  table: TextTable,
  columns: LabelColumns = {},
): Promise<UnlabelledRows> {
  return readRows(table, findColumns(table, columns, ["sequence"]));
}

async function readRows(
  table: TextTable,
  found: ReadonlyMap<Role, string>,
): Promise<UnlabelledRows & { readonly groups?: readonly string[] }> {
  const texts = await table.read([...found.values()]);
  const cellsOf = new Map([...found.keys()].map((role, i) => [role, texts[i]]));
  const rows = Array.from({ length: table.rows }, (_, row): SequenceRow => {
    const cell = (role: Role): string => cellsOf.get(role)?.[row] ?? "";
    const id = cellsOf.has("id") ? { id: cell("id") } : {};
    const interval = intervalOf(cell, (what) => {
      throw new TableError(`${table.placeOf(row)}: ${what}`);
    });
    const place = interval === undefined ? {} : { interval };
    return { ...id, bases: cell("sequence"), ...place };
  });
  const [labels, groups] = [cellsOf.get("label"), cellsOf.get("group")];
  return {
    rows,
    ...(labels === undefined ? {} : { labels }),
    ...(groups === undefined ? {} : { groups }),
  };
}

/** The column of each role that has one. */
function findColumns(
  table: TextTable,
  columns: LabelColumns,
  needed: readonly Role[],
): ReadonlyMap<Role, string> {
  const { file, names } = table;
  const found = new Map<Role, string>();
  for (const role of ROLES) {
    const given = columns[role];
    const isNeeded = given !== undefined || needed.includes(role);
    const wanted = given === undefined ? USUAL[role] : [given];
    const matches = names.filter((name) => wanted.includes(name));
    if (matches.length > 1) {
      throw new TableError(
        `${file}: expected one column of the ${role}, got ${matches.map(shown).join(" and ")} (rename or name one)`,
      );
    }
    if (matches[0] !== undefined) found.set(role, matches[0]);
    else if (isNeeded) {
      throw new TableError(
        `${file}: expected a column ${shown(wanted[0] as string)} with the ${role}, got the columns ${formatNames(names.map(shown), 8)} (${columnRemedy(names)})`,
      );
    }
  }
  const isWhole = PLACE.every((role) => found.has(role));
  const named = [...PLACE, "strand" as const].find((role) => columns[role] !== undefined);
  if (!isWhole && named !== undefined) {
    const absent = PLACE.filter((role) => !found.has(role)).join(" and ");
    throw new TableError(
      `${file}: expected columns of contig, start and end beside the ${named}, got none of the ${absent} (name them too)`,
    );
  }
  if (!isWhole) for (const role of [...PLACE, "strand" as const]) found.delete(role);
  return found;
}

function columnRemedy(names: readonly string[]): string {
  const isTabbed = names.length === 1 && names[0]?.includes("\t");
  return isTabbed ? "is it separated by tabs? name it .tsv" : "name the column, or rename it";
}

function shown(name: string): string {
  const short = name.length > SHOWN_CHARACTERS ? `${name.slice(0, SHOWN_CHARACTERS)}…` : name;
  return formatOneLine(short);
}

function intervalOf(
  cell: (role: Role) => string,
  refuse: (what: string) => never,
): StrandedInterval | undefined {
  const contig = cell("contig");
  const [startText, endText] = [cell("start"), cell("end")];
  if (contig === "" || startText === "" || endText === "") return undefined;
  const start = parsePosition(startText, "start", refuse);
  const end = parsePosition(endText, "end", refuse);
  const strand = cell("strand");
  if (!["+", "-", ".", ""].includes(strand)) {
    refuse(`expected the strand to be +, - or nothing, got ${JSON.stringify(strand)}`);
  }
  const known: Strand = strand === "-" ? "-" : "+";
  return { contig, start, end, strand: known };
}
