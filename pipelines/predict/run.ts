/** `gdiff predict`: sequences in, a table of their classes and probabilities out. */

import { basename } from "node:path";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { classPlaces } from "../../src/data/labelled/make-labelled-sequences.ts";
import { checkTablePath } from "../../src/data/table/write-table.ts";
import { RunFolderError, TableError } from "../../src/errors.ts";
import { type MetricRecord, metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { type PredictedScores, predictedLabels } from "../../src/stats/predictions.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { formatCount } from "../../src/util/format.ts";
import { formatMetricTable } from "../finetune/format-report.ts";
import { logitsOfRows, predictSequences } from "../finetune/predict-part.ts";
import type { PipelineIo } from "../io.ts";
import { predictionsTable } from "../labelled/predictions-table.ts";
import { type LoadedClassifier, loadClassifier } from "../load-classifier.ts";
import { withProgress } from "../pass-progress.ts";
import { type OpenedSequences, openSequences } from "../sequences/open-sequences.ts";
import { type Provenance, provenanceOf, provenanceText } from "../sequences/provenance.ts";
import { writeOut } from "../sequences/write-out.ts";
import type { ReadStrand } from "../shared-options.ts";
import type { PredictConfig } from "./options.ts";

/** What was predicted; printed under `--json`. */
export interface PredictSummary extends Provenance {
  readonly sequences: number;
  readonly classes: readonly string[];
  /** [classes] sequences that were given each class. */
  readonly predicted: readonly number[];
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
  const backend = await selectBackend(config.backend, config);
  io.stderr(backend.notice);
  const trained: ReadStrand = run.config.model.strand === "average" ? "average" : "forward";
  const strand = config.strand ?? trained;
  const probabilities = await probabilitiesOf(config, run, data, strand, io);
  const { classes } = run;
  const scores = { classes, probabilities, ...(labels === undefined ? {} : { labels }) };
  const metrics = labels === undefined ? undefined : metricsOf({ classes, probabilities, labels });
  const provenance = provenanceOf(config.run, run, backend, data, strand);
  const table = predictionsTable(data, scores, provenanceText(provenance));
  const files = await writeOut(table, config.out, io);
  if (metrics !== undefined) await sayMetrics(metrics, config, io);
  return {
    ...provenance,
    ...{ sequences: data.sequences.length, classes, predicted: countsOf(scores) },
    ...(metrics === undefined ? {} : { metrics }),
    files,
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
    const logitsOf = logitsOfRows(network, params, ids);
    return await withProgress(io, ids.length, "sequences predicted", (turn) =>
      predictSequences(logitsOf, lengths, classes.length, {
        tokens: tokens ?? config.train.tokens,
        isBothStrands: strand === "average",
        turn,
      }),
    );
  } finally {
    disposeParams(params);
  }
}

/** To stdout where the table goes to a file, else to stderr. */
async function sayMetrics(
  metrics: MetricRecord,
  { out, data }: PredictConfig,
  io: PipelineIo,
): Promise<void> {
  const text = formatMetricTable({ [basename(data.file ?? "")]: metrics });
  if (out !== undefined) await io.stdout(text);
  else for (const line of text.trimEnd().split("\n")) io.stderr(line);
}

/** Sequences that were given each class. */
function countsOf(scores: PredictedScores): readonly number[] {
  const counts = scores.classes.map(() => 0);
  for (const label of predictedLabels(scores)) counts[label] = (counts[label] as number) + 1;
  return counts;
}
