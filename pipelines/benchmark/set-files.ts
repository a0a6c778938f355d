/** The sequences of a set in the benchmark's own folder: what every trial reads, and what a resumed benchmark expects. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  LabelledSequence,
  LabelledSequences,
} from "../../src/data/labelled/labelled-sequence.ts";
import { readLabelledSequences } from "../../src/data/labelled/node-read-labelled-sequences.ts";
import type { Column, Table } from "../../src/data/table/table.ts";
import { writeTable } from "../../src/data/table/write-table.ts";
import { VerificationError } from "../../src/errors.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { labelledDigest } from "../labelled/labelled-digest.ts";
import { makeFolder } from "../run-folder/make-folder.ts";

export interface SetFiles {
  readonly name: string;
  /** The official training part, or all of a user's sequences. */
  readonly train: string;
  /** The official test part; absent where it is drawn. */
  readonly test?: string;
  readonly sha256: string;
}

/** The sequences as they are given; parts that are not are drawn by seed. */
export interface GivenSet {
  readonly train: LabelledSequences;
  readonly test?: LabelledSequences;
}

/** Written last: a folder that has it is whole. */
const DIGEST_FILE = "sha256";

const TRAIN_FILE = "train.arrow";
const TEST_FILE = "test.arrow";

/** Returns the digest of the set in `folder`; undefined where none was written whole. */
export async function writtenDigest(folder: string): Promise<string | undefined> {
  const path = join(folder, DIGEST_FILE);
  return existsSync(path) ? (await readFile(path, "utf8")).trim() : undefined;
}

/** SHA-256 of what is given of a set. */
export function setDigest({ train, test }: GivenSet): string {
  return labelledDigest([
    ["train", train],
    ...(test === undefined ? [] : [["test", test] as const]),
  ]);
}

/** Writes the files of a set. */
export async function writeSet(folder: string, name: string, set: GivenSet): Promise<SetFiles> {
  await makeFolder(folder);
  await writeTable(join(folder, TRAIN_FILE), sequenceTable(set.train));
  if (set.test !== undefined) await writeTable(join(folder, TEST_FILE), sequenceTable(set.test));
  const sha256 = setDigest(set);
  await writeFileAtomic(join(folder, DIGEST_FILE), new TextEncoder().encode(`${sha256}\n`));
  return setFiles(folder, name, sha256);
}

/** The files of a set that was written whole. */
export function setFiles(folder: string, name: string, sha256: string): SetFiles {
  const test = join(folder, TEST_FILE);
  return { name, train: join(folder, TRAIN_FILE), ...(existsSync(test) ? { test } : {}), sha256 };
}

/**
 * Reads a set's files.
 *
 * @throws {VerificationError} when they are not what was written
 */
export async function readSet({ name, train, test, sha256 }: SetFiles): Promise<GivenSet> {
  const trained = { ...(await readLabelledSequences(train)), name };
  const { classes } = trained;
  const set: GivenSet = {
    train: trained,
    ...(test === undefined
      ? {}
      : { test: { ...(await readLabelledSequences(test, { classes })), name } }),
  };
  if (setDigest(set) === sha256) return set;
  throw new VerificationError(
    `${train}: expected the sequences that the benchmark began with, got others: delete the folder that it is in, and the set is made again`,
  );
}

function sequenceTable({ classes, sequences }: LabelledSequences): Table {
  const text = (name: string, values: readonly string[]): Column => ({
    ...{ name, type: "utf8", values },
  });
  const place = (name: "start" | "end"): Column => ({
    ...{ name, type: "int64", values: sequences.map(({ interval }) => interval?.[name] ?? 0) },
  });
  const of = <Value>(take: (sequence: LabelledSequence) => Value): Value[] => sequences.map(take);
  const columns = [
    text(
      "id",
      of(({ id }) => id),
    ),
    text(
      "sequence",
      of(({ ids }) => decodeIds(ids)),
    ),
    text(
      "label",
      of(({ label }) => classes[label] as string),
    ),
    text(
      "contig",
      of(({ interval }) => interval?.contig ?? ""),
    ), // without it a row has no coordinates
    place("start"),
    place("end"),
    text(
      "strand",
      of(({ interval }) => interval?.strand ?? ""),
    ),
  ];
  return { columns, metadata: {} };
}
