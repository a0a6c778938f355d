/** `gdiff embed`: sequences in, a table of what the backbone of a run says of them out. */

import type { Precision } from "../../src/backends/precision.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { predictionBatches } from "../../src/data/labelled/length-buckets.ts";
import { tsvPieces } from "../../src/data/table/tsv-bytes.ts";
import { checkTablePath, writeTable } from "../../src/data/table/write-table.ts";
import { TableError } from "../../src/errors.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { baseFeatures } from "../../src/train/classification/base-features.ts";
import { sequenceFeatures, strandMean } from "../../src/train/classification/sequence-features.ts";
import { formatBytes, formatCount } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import type { ReadStrand } from "../predict/options.ts";
import { type OpenedSequences, openSequences } from "../sequences/open-sequences.ts";
import { turn } from "../stop.ts";
import { perBaseTable, pooledTable } from "./embedding-table.ts";
import { type LoadedBackbone, loadBackbone } from "./load-backbone.ts";
import type { EmbedConfig } from "./options.ts";

/** What was embedded; printed under `--json`. */
export interface EmbedSummary {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  readonly backend: string;
  /** What products rounded their operands to. */
  readonly precision: Precision;
  /** File of the sequences, or of their intervals. */
  readonly source: string;
  readonly sequences: number;
  /** Rows of the table: sequences, or bases. */
  readonly rows: number;
  /** Numbers of an embedding. */
  readonly width: number;
  readonly strand: ReadStrand;
  /** The table, where --out was given. */
  readonly files: readonly string[];
}

/** The table is made in memory. */
const MAX_FEATURE_BYTES = 2 ** 30;

/**
 * Embeds as `config` says: TSV to stdout, or a table to `config.out`.
 *
 * @throws {RunFolderError | CheckpointError} when the run is none, has no checkpoint or a damaged one, or no backbone
 * @throws {TableError} when the table would not fit into memory
 * @throws the reason of `io.signal` when it aborts; nothing is written then
 */
export async function runEmbed(config: EmbedConfig, io: PipelineIo): Promise<EmbedSummary> {
  const { out, perBase: isPerBase, strand } = config;
  if (out !== undefined) await checkTablePath(out);
  const run = await loadBackbone(config.run);
  const data = await openSequences(config.data, io);
  const rows = expectRoom(data, run, isPerBase);
  for (const notice of [...run.notices, ...data.notices, ...lengthNotices(data, run)]) {
    io.stderr(notice);
  }
  const backend = await selectBackend(config.backend, config.precision);
  io.stderr(backend.notice);
  const features = await featuresOf(config, run, data, io);
  const table = (isPerBase ? perBaseTable : pooledTable)(
    { ...data, width: run.config.width, features },
    {
      ...{ run: config.run, step: String(run.step), checkpointSha256: run.checkpointSha256 },
      ...{ source: data.name, strand, precision: backend.precision },
      of: isPerBase ? "base" : "mean over bases",
    },
  );
  if (out !== undefined) await writeTable(out, table);
  else for (const piece of tsvPieces(table)) await io.stdout(piece);
  return {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    backend: backend.name,
    precision: backend.precision,
    source: data.name,
    sequences: data.sequences.length,
    rows,
    width: run.config.width,
    strand,
    files: out === undefined ? [] : [out],
  };
}

/** Returns the rows of the table. */
function expectRoom(
  { sequences, name }: OpenedSequences,
  { config: { width } }: LoadedBackbone,
  isPerBase: boolean,
): number {
  const rows = isPerBase
    ? sequences.reduce((sum, { ids }) => sum + ids.length, 0)
    : sequences.length;
  const bytes = rows * width * Float32Array.BYTES_PER_ELEMENT;
  if (bytes <= MAX_FEATURE_BYTES) return rows;
  throw new TableError(
    `${name}: expected embeddings of at most ${formatBytes(MAX_FEATURE_BYTES)}, got ${formatCount(rows)} rows of ${width} numbers, ${formatBytes(bytes)} (split the sequences${isPerBase ? ", or leave --per-base out" : ""})`,
  );
}

function lengthNotices(
  { sequences }: OpenedSequences,
  { windowBases }: LoadedBackbone,
): readonly string[] {
  const longest = sequences.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  if (windowBases === undefined || longest <= windowBases) return [];
  return [
    `warning: ${formatCount(longest)} bases are more than the windows of ${formatCount(windowBases)} that the run was trained on`,
  ];
}

async function featuresOf(
  { tokens, strand, perBase: isPerBase }: EmbedConfig,
  { config, weights }: LoadedBackbone,
  { sequences }: OpenedSequences,
  io: PipelineIo,
): Promise<Float32Array> {
  const params = paramsFromArrays(weights);
  const ids = sequences.map((sequence) => sequence.ids);
  const lengths = ids.map(({ length }) => length);
  const options = {
    batches: predictionBatches(lengths, tokens),
    isBothStrands: strand === "average",
    turn: async (done: number) => {
      io.progress.update(done, ids.length, "sequences embedded");
      await turn(io.signal);
    },
  };
  try {
    if (isPerBase) return await baseFeatures(params, config, ids, options);
    return strandMean(await sequenceFeatures(params, config, ids, options));
  } finally {
    io.progress.finish();
    disposeParams(params);
  }
}
