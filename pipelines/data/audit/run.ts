/** `gdiff data audit`: what the splits of a genome share, or what the training split of a labelled set gives away of its test split. */

import { type LeakageRow, leakage } from "../../../src/data/audit/leakage.ts";
import {
  labelledSetFolders,
  readLabelledSet,
} from "../../../src/data/labelled/node-read-labelled-set.ts";
import { checkTablePath, writeTable } from "../../../src/data/table/write-table.ts";
import type { PipelineIo } from "../../io.ts";
import { openData } from "../../open-data.ts";
import { turn } from "../../stop.ts";
import {
  type AuditedPair,
  type AuditedSplit,
  auditSplits,
  type FoundCopy,
} from "./audit-splits.ts";
import { copiesTable, leakageTable } from "./audit-tables.ts";
import { formatLeakage, formatSplitsAudit } from "./format-audit.ts";
import type { AuditConfig } from "./options.ts";

/** Copies that a summary shows; all are in the tables. */
const SHOWN_COPIES = 20;

export type AuditSummary =
  | {
      /** A row a set, with label null, and a row each of its classes. */
      readonly sets: readonly (Omit<LeakageRow, "label"> & { readonly label: string | null })[];
      readonly tables: readonly string[];
    }
  | {
      readonly genome: string;
      /** Bases of a window. */
      readonly length: number;
      readonly splits: readonly AuditedSplit[];
      readonly pairs: readonly AuditedPair[];
      /** The first of the copies found. */
      readonly copies: readonly FoundCopy[];
      readonly tables: readonly string[];
    };

/**
 * Audits as `config` says; in text mode the report goes to stdout.
 *
 * @throws the reason of `io.signal` when it aborts; nothing is written then
 */
export async function runAudit(config: AuditConfig, io: PipelineIo): Promise<AuditSummary> {
  const tables = config.table ?? [];
  for (const path of tables) await checkTablePath(path);
  return config.intervals === undefined
    ? auditGenome(config, tables, io)
    : auditSets(config.intervals, tables, io);
}

async function auditSets(
  folders: readonly string[],
  tables: readonly string[],
  io: PipelineIo,
): Promise<AuditSummary> {
  const sets = (await Promise.all(folders.map(labelledSetFolders))).flat();
  const rows: LeakageRow[] = [];
  try {
    for (const [done, folder] of sets.entries()) {
      rows.push(...leakage(await readLabelledSet(folder)));
      io.progress.update(done + 1, sets.length, "sets");
      await turn(io.signal);
    }
  } finally {
    io.progress.finish();
  }
  for (const path of tables) await writeTable(path, leakageTable(rows));
  await io.stdout(formatLeakage(rows));
  return { sets: rows.map((row) => ({ ...row, label: row.label ?? null })), tables };
}

async function auditGenome(
  { data }: AuditConfig,
  tables: readonly string[],
  io: PipelineIo,
): Promise<AuditSummary> {
  const { genome, splits, notices } = await openData(data, io);
  try {
    for (const notice of notices) io.stderr(notice);
    const audit = await auditSplits(genome, splits, data.length, io);
    const metadata = { genome: genome.name, length: String(data.length) };
    for (const path of tables) await writeTable(path, copiesTable(audit.copies, metadata));
    await io.stdout(formatSplitsAudit(genome.name, data.length, audit));
    const copies = audit.copies.slice(0, SHOWN_COPIES);
    return { genome: genome.name, length: data.length, ...audit, copies, tables };
  } finally {
    await genome.close();
  }
}
