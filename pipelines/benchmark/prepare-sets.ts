/** Builds each set once, into the benchmark's folder; those whose files or genomes are not here are left out. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readLabelledSequences } from "../../src/data/labelled/node-read-labelled-sequences.ts";
import { ConfigError, FileError } from "../../src/errors.ts";
import type { LeftOutSet } from "../../src/report/benchmark-record.ts";
import { formatCount } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { openBenchmark } from "../labelled/open-benchmark.ts";
import type { BenchmarkConfig } from "./options.ts";
import {
  type GivenSet,
  readSet,
  type SetFiles,
  setDigest,
  writeSet,
  writtenSet,
} from "./set-files.ts";
import type { SetSource } from "./set-sources.ts";

export interface PreparedSets {
  readonly sets: readonly SetFiles[];
  readonly leftOut: readonly LeftOutSet[];
}

/**
 * Prepares the sets in `folder`.
 *
 * @throws {FileError} when none can be, with the reason of each
 * @throws {TableError | VerificationError | ConfigError} when one is not as it should be
 */
export async function prepareSets(
  sources: readonly SetSource[],
  config: BenchmarkConfig,
  folder: string,
  io: PipelineIo,
): Promise<PreparedSets> {
  const sets: SetFiles[] = [];
  const leftOut: LeftOutSet[] = [];
  for (const source of sources) {
    try {
      sets.push(await prepareSet(source, config, folder, io));
    } catch (error) {
      // A file that was typed is a mistake; a set by name may not be on this machine.
      if (!(error instanceof FileError) || source.kind === "file") throw error;
      io.stderr(`left out: ${source.name}: ${error.message}`);
      leftOut.push({ set: source.name, reason: error.message });
    }
  }
  if (sets.length > 0) return { sets, leftOut };
  throw new FileError(
    `expected a set that can be read, got none: ${leftOut.map(({ set, reason }) => `${set}: ${reason}`).join("; ")}`,
  );
}

async function prepareSet(
  source: SetSource,
  config: BenchmarkConfig,
  parent: string,
  io: PipelineIo,
): Promise<SetFiles> {
  const { name } = source;
  const folder = join(parent, name);
  const written = writtenSet(folder, name);
  if (written !== undefined && (written.test !== undefined) !== (source.kind === "official")) {
    throw new ConfigError(
      `expected ${name} as it was when the benchmark began, a ${source.kind === "official" ? "file" : "set by name"}, got the other: give another --out`,
    );
  }
  if (written !== undefined && (source.kind === "official" || !existsSync(source.path))) {
    return written;
  }
  const set = await readSource(source, config, io);
  if (written === undefined) {
    const count = set.train.sequences.length + (set.test?.sequences.length ?? 0);
    io.stderr(`${name}: ${formatCount(count)} sequences, written to ${folder}`);
    return writeSet(folder, name, set);
  }
  if (setDigest(set) === setDigest(await readSet(written))) return written;
  throw new ConfigError(
    `expected ${name} as it was when the benchmark began, got other sequences: give another --out`,
  );
}

async function readSource(
  source: SetSource,
  { data }: BenchmarkConfig,
  io: PipelineIo,
): Promise<GivenSet> {
  if (source.kind === "official") return openBenchmark({ ...data, set: source.name }, io);
  if (data.testShare === 0) {
    throw new ConfigError(
      `expected --test-share above 0 with a file, got 0: ${source.path} has no test part of its own`,
    );
  }
  const { sequenceColumn, labelColumn } = data;
  const columns = {
    ...(sequenceColumn === undefined ? {} : { sequence: sequenceColumn }),
    ...(labelColumn === undefined ? {} : { label: labelColumn }),
  };
  return { train: await readLabelledSequences(source.path, { columns }) };
}
