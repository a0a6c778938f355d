/** A small fine-tuning run with a test part, made before the tests, and what it left. */

import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import { finetuneRecord } from "../../../pipelines/report/finetune-report.ts";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import type { Column } from "../../../src/data/table/table.ts";
import type { FinetuneRecord, FinetuneTest } from "../../../src/report/finetune-record.ts";
import type { NaiveRow } from "../../naive/classification-metrics.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { CONTIG, type PlacedRow, writePlacedSet } from "../benchmark/small-sets.ts";
import { gdiff, pretrain, testFolder } from "../support/tiny-run.ts";

export const CLASSES = ["poor", "rich"] as const;
/** Bases of the contig, from its start, on which the network was pretrained. */
export const PRETRAINED_BASES = 6000;

export interface SmallFinetune {
  readonly run: string;
  readonly csv: string;
  /** Every sequence, with its place. */
  placed(): readonly PlacedRow[];
  record(): FinetuneRecord;
  /** A path in the folder of the tests. */
  at(name: string): string;
}

/** Pretrains on a part of a genome, and tunes on sequences of it; one in ten is another one again. */
export function smallFinetune(): SmallFinetune {
  const folder = testFolder();
  const at = (name: string): string => join(folder, name);
  const [run, csv, pretrained] = [at("run"), at("placed.csv"), at("pretrained")];
  let placed: readonly PlacedRow[] = [];
  let record: FinetuneRecord | undefined;
  beforeAll(async () => {
    placed = writePlacedSet(at("genome.fa"), csv, 120);
    const region = (from: number, to: number): string => `${CONTIG.name}:${from}-${to}`;
    const splits = ["--train", region(1, PRETRAINED_BASES), "--valid", region(6001, 9000)];
    const source = ["--fasta", at("genome.fa"), ...splits, "--test", region(9001, 12_000)];
    const made = await pretrain([...source, "--steps", "3", "--out", pretrained]);
    expect(made).toMatchObject({ code: 0 });
    const parts = ["--train", csv, "--valid-share", "0.2", "--test-share", "0.3"];
    const training = ["--epochs", "2", "--batch-size", "16", "--lr", "0.01"];
    const done = await gdiff(["finetune", pretrained, ...parts, ...training, "--out", run]);
    expect(done).toMatchObject({ code: 0 });
    record = await finetuneRecord({ run }, quietIo());
  }, 240_000);
  return { run, csv, placed: () => placed, record: () => record as FinetuneRecord, at };
}

export function testOf({ test }: FinetuneRecord): FinetuneTest {
  if (test === undefined) throw new Error("expected a test");
  return test;
}

/** A row of a table of predictions. */
export interface Row extends NaiveRow {
  readonly id: string;
  readonly predicted: string;
  readonly length: number;
  readonly gc: number;
}

export async function readRows(path: string): Promise<Row[]> {
  const { columns } = await readArrowTable(path);
  const values = (name: string): Column["values"] =>
    columns.find((column) => column.name === name)?.values ?? [];
  return Array.from({ length: values("id").length }, (_, i) => ({
    id: String(values("id")[i]),
    label: String(values("label")[i]),
    predicted: String(values("predicted")[i]),
    p: Object.fromEntries(CLASSES.map((name) => [name, Number(values(`p_${name}`)[i])])),
    length: Number(values("length")[i]),
    gc: Number(values("gc")[i]),
  }));
}
