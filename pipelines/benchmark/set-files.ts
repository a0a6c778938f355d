/** The sequences of a set in the benchmark's own folder: what every trial reads, and what a resumed benchmark expects. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { readLabelledSequences } from "../../src/data/labelled/node-read-labelled-sequences.ts";
import { arrowBytes } from "../../src/data/table/arrow-bytes.ts";
import { VerificationError } from "../../src/errors.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { sha256Hex } from "../../src/util/sha256.ts";
import { labelledDigest } from "../labelled/labelled-digest.ts";
import { makeFolder } from "../run-folder/make-folder.ts";
import { GROUP_COLUMN, sequenceTable } from "./sequence-table.ts";

export interface SetFiles {
  readonly name: string;
  readonly folder: string;
  /** Path of the official training part, or of all of a user's sequences. */
  readonly train: string;
  /** Path of the official test part; absent where it is drawn. */
  readonly test?: string;
}

/** The sequences as they are given; parts that are not are drawn by seed. */
export interface GivenSet {
  readonly train: LabelledSequences;
  readonly test?: LabelledSequences;
}

/** As sha256sum writes and checks it. Written last: a folder that has it is whole. */
const DIGESTS_FILE = "SHA256SUMS";

/** Returns the files of a set in `folder`; undefined where it was not written whole. */
export function writtenSet(folder: string, name: string): SetFiles | undefined {
  if (!existsSync(join(folder, DIGESTS_FILE))) return undefined;
  const test = join(folder, fileOf("test"));
  return {
    ...{ name, folder, train: join(folder, fileOf("train")) },
    ...(existsSync(test) ? { test } : {}),
  };
}

/** Writes the files of a set, in which each sequence has the group of those that overlap it. */
export async function writeSet(folder: string, name: string, set: GivenSet): Promise<SetFiles> {
  await makeFolder(folder);
  const lines: string[] = [];
  for (const part of ["train", "test"] as const) {
    const sequences = set[part];
    if (sequences === undefined) continue;
    const bytes = await arrowBytes(sequenceTable(sequences));
    await writeFileAtomic(join(folder, fileOf(part)), bytes);
    lines.push(`${sha256Hex(bytes)}  ${fileOf(part)}\n`);
  }
  await writeFileAtomic(join(folder, DIGESTS_FILE), new TextEncoder().encode(lines.join("")));
  return writtenSet(folder, name) as SetFiles;
}

/**
 * Reads a set's files; its sequences have their groups.
 *
 * @throws {VerificationError} when they are not what was written
 */
export async function readSet({ name, folder, train, test }: SetFiles): Promise<GivenSet> {
  await verifyFiles(folder, test === undefined ? ["train"] : ["train", "test"]);
  const columns = { group: GROUP_COLUMN };
  const trained = { ...(await readLabelledSequences(train, { columns })), name };
  if (test === undefined) return { train: trained };
  const { classes } = trained;
  const tested = await readLabelledSequences(test, { columns, classes });
  return { train: trained, test: { ...tested, name } };
}

/** SHA-256 of what is given of a set: classes, labels and bases. */
export function setDigest({ train, test }: GivenSet): string {
  return labelledDigest([
    ["train", train],
    ...(test === undefined ? [] : [["test", test] as const]),
  ]);
}

async function verifyFiles(folder: string, parts: readonly Part[]): Promise<void> {
  const lines: string[] = [];
  for (const part of parts) {
    lines.push(`${sha256Hex(await readFile(join(folder, fileOf(part))))}  ${fileOf(part)}\n`);
  }
  const path = join(folder, DIGESTS_FILE);
  if ((await readFile(path, "utf8")) === lines.join("")) return;
  throw new VerificationError(
    `${path}: expected the digests of ${parts.map(fileOf).join(" and ")}, which the benchmark began with, got others: delete ${folder}, and the set is made again`,
  );
}

type Part = keyof GivenSet;

function fileOf(part: Part): string {
  return `${part}.arrow`;
}
