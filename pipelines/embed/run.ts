/** `gdiff embed`: sequences in, a table of what the backbone of a run says of them out. */

import { selectBackend } from "../../src/backends/select-backend.ts";
import { predictionBatches } from "../../src/data/labelled/length-buckets.ts";
import { checkTablePath } from "../../src/data/table/write-table.ts";
import { TableError } from "../../src/errors.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { baseFeatures } from "../../src/train/classification/base-features.ts";
import { sequenceFeatures, strandMean } from "../../src/train/classification/sequence-features.ts";
import { formatBytes, formatCount } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { withProgress } from "../pass-progress.ts";
import { type OpenedSequences, openSequences } from "../sequences/open-sequences.ts";
import { type Provenance, provenanceOf, provenanceText } from "../sequences/provenance.ts";
import { writeOut } from "../sequences/write-out.ts";
import { perBaseTable, pooledTable } from "./embedding-table.ts";
import { type LoadedBackbone, loadBackbone } from "./load-backbone.ts";
import type { EmbedConfig } from "./options.ts";

/** What was embedded; printed under `--json`. */
export interface EmbedSummary extends Provenance {
  readonly sequences: number;
  /** Rows of the table: sequences, or bases. */
  readonly rows: number;
  /** Numbers of an embedding. */
  readonly width: number;
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
  const backend = await selectBackend(config.backend, config);
  io.stderr(backend.notice);
  const features = await featuresOf(config, run, data, io);
  const provenance = provenanceOf(config.run, run, backend, data, strand);
  const table = (isPerBase ? perBaseTable : pooledTable)(
    { ...data, width: run.config.width, features },
    { ...provenanceText(provenance), of: isPerBase ? "base" : "mean over bases" },
  );
  const files = await writeOut(table, out, io);
  return {
    ...provenance,
    ...{ sequences: data.sequences.length, rows, width: run.config.width, files },
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
  const batches = predictionBatches(lengths, tokens);
  try {
    return await withProgress(io, ids.length, "sequences embedded", async (turn) => {
      const options = { batches, isBothStrands: strand === "average", turn };
      if (isPerBase) return baseFeatures(params, config, ids, options);
      return strandMean(await sequenceFeatures(params, config, ids, options));
    });
  } finally {
    disposeParams(params);
  }
}
