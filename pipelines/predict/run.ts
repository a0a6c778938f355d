/** `gdiff predict`: sequences in, a table of their classes and probabilities out. */

import { basename } from "node:path";
import type { Precision } from "../../src/backends/precision.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { classPlaces } from "../../src/data/labelled/make-labelled-sequences.ts";
import type { Table } from "../../src/data/table/table.ts";
import { tsvPieces } from "../../src/data/table/tsv-bytes.ts";
import { checkTablePath, writeTable } from "../../src/data/table/write-table.ts";
import { RunFolderError, TableError } from "../../src/errors.ts";
import { type MetricRecord, metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { formatCount } from "../../src/util/format.ts";
import { formatMetricTable } from "../finetune/format-report.ts";
import { logitsOfRows, predictSequences } from "../finetune/predict-part.ts";
import type { PipelineIo } from "../io.ts";
import { predictionsTable } from "../labelled/predictions-table.ts";
import { type LoadedClassifier, loadClassifier } from "../load-classifier.ts";
import { type OpenedSequences, openSequences } from "../sequences/open-sequences.ts";
import { turn } from "../stop.ts";
import type { PredictConfig, ReadStrand } from "./options.ts";

/** What was predicted; printed under `--json`. */
export interface PredictSummary {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  readonly backend: string;
  /** What products rounded their operands to. */
  readonly precision: Precision;
  /** File of the sequences, or of their intervals. */
  readonly source: string;
  readonly sequences: number;
  readonly classes: readonly string[];
  /** [classes] sequences that were given each class. */
  readonly predicted: readonly number[];
  readonly strand: ReadStrand;
  /** Where the sequences have labels. */
  readonly metrics?: MetricRecord;
  /** The table, where --out was given. */
  readonly files: readonly string[];
}

/**
 * Predicts as `config` says: TSV to stdout, or a table to `config.out`.
 *
 * @throws {RunFolderError | CheckpointError} when the run is none, a pretrained one, has no checkpoint or a damaged one, or
 *   its network takes no sequences as long
 * @throws {TableError} when a label is none of the run's classes
 * @throws the reason of `io.signal` when it aborts; nothing is written then
 */
export async function runPredict(config: PredictConfig, io: PipelineIo): Promise<PredictSummary> {
  if (config.out !== undefined) await checkTablePath(config.out);
  const run = await loadClassifier(config.run);
  const data = await openSequences(config.data, io);
  expectFitting(data, run, config.run);
  const labels = labelsOf(data, run, config.run);
  for (const notice of [...run.notices, ...data.notices]) io.stderr(notice);
  const backend = await selectBackend(config.backend, config.precision);
  io.stderr(backend.notice);
  const trained: ReadStrand = run.config.model.strand === "average" ? "average" : "forward";
  const strand = config.strand ?? trained;
  const probabilities = await probabilitiesOf(config, run, data, strand, io);
  const { classes } = run;
  const scores = { classes, probabilities, ...(labels === undefined ? {} : { labels }) };
  const metrics = labels === undefined ? undefined : metricsOf({ classes, probabilities, labels });
  const table = predictionsTable(data, scores, {
    ...{ run: config.run, step: String(run.step), checkpointSha256: run.checkpointSha256 },
    ...{ source: data.name, strand },
  });
  await write(table, metrics, config, io);
  return {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    backend: backend.name,
    precision: backend.precision,
    source: data.name,
    sequences: data.sequences.length,
    classes,
    predicted: countsOf(table, classes),
    strand,
    ...(metrics === undefined ? {} : { metrics }),
    files: config.out === undefined ? [] : [config.out],
  };
}

/** Nothing is cut to fit. */
function expectFitting(
  { sequences, placeOf }: OpenedSequences,
  { network: { longest } }: LoadedClassifier,
  run: string,
): void {
  if (longest === undefined) return;
  const row = sequences.findIndex(({ ids }) => ids.length > longest);
  if (row < 0) return;
  const length = sequences[row]?.ids.length ?? 0;
  throw new RunFolderError(
    `${placeOf(row)}: expected at most ${formatCount(longest)} bases, the longest that ${run} was made for (its network has a fixed length), got ${formatCount(length)}`,
  );
}

function labelsOf(
  { labels, placeOf }: OpenedSequences,
  { classes }: LoadedClassifier,
  run: string,
): Int32Array | undefined {
  if (labels === undefined) return undefined;
  return classPlaces(labels, classes, (row, what) => {
    throw new TableError(
      `${placeOf(row)}: ${what} (the classes are those of ${run}; name the column of labels by --label-column, or leave it out)`,
    );
  });
}

async function probabilitiesOf(
  { tokens }: PredictConfig,
  { network, weights, classes, config }: LoadedClassifier,
  { sequences }: OpenedSequences,
  strand: ReadStrand,
  io: PipelineIo,
): Promise<Float64Array> {
  const params = paramsFromArrays(weights);
  const ids = sequences.map((sequence) => sequence.ids);
  try {
    const lengths = ids.map(({ length }) => length);
    return await predictSequences(logitsOfRows(network, params, ids), lengths, classes.length, {
      tokens: tokens ?? config.train.tokens,
      isBothStrands: strand === "average",
      turn: async (done) => {
        io.progress.update(done, ids.length, "sequences predicted");
        await turn(io.signal);
      },
    });
  } finally {
    io.progress.finish();
    disposeParams(params);
  }
}

/** stdout has the table, or the metrics where the table goes to a file. */
async function write(
  table: Table,
  metrics: MetricRecord | undefined,
  { out, data }: PredictConfig,
  io: PipelineIo,
): Promise<void> {
  const name = basename(data.file ?? "");
  const text = metrics === undefined ? "" : formatMetricTable({ [name]: metrics });
  if (out !== undefined) {
    await writeTable(out, table);
    if (text !== "") await io.stdout(text);
    return;
  }
  for (const piece of tsvPieces(table)) await io.stdout(piece);
  for (const line of text.trimEnd().split("\n")) if (line !== "") io.stderr(line);
}

function countsOf({ columns }: Table, classes: readonly string[]): readonly number[] {
  const predicted = columns.find(({ name }) => name === "predicted")?.values ?? [];
  const counts = new Map<unknown, number>();
  for (const name of predicted) counts.set(name, (counts.get(name) ?? 0) + 1);
  return classes.map((name) => counts.get(name) ?? 0);
}
