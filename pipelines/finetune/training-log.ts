/** The learning curve of a network's trial, and how long it took, from its metrics.jsonl. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CurvePoint } from "../../src/report/benchmark-record.ts";
import type { ReadMetricsRecord } from "../../src/train/run-folder/metrics-lines.ts";
import { readMetrics } from "../../src/train/run-folder/read-metrics.ts";

export interface TrainingLog {
  readonly curve: readonly CurvePoint[];
  /** Of all processes that trained it; undefined where there is no log. */
  readonly seconds: number | undefined;
}

interface LogLine {
  /** Epochs trained, fractional within one. */
  readonly epoch: number;
  readonly lossNats: number;
  readonly validLossNats?: number;
  readonly validAccuracy?: number;
  /** Of training so far, whatever was interrupted. */
  readonly seconds: number;
}

/** @throws {FileError} when the log cannot be read */
export async function readTrainingLog(folder: string): Promise<TrainingLog> {
  const path = join(folder, "metrics.jsonl");
  if (!existsSync(path)) return { curve: [], seconds: undefined };
  const lines = (await readMetrics(path)) as readonly (ReadMetricsRecord & LogLine)[]; // as finetune's loop writes them
  return { curve: curveOf(lines), seconds: lines.at(-1)?.seconds };
}

/** A point an epoch; its training loss is the mean over the epoch's updates. */
function curveOf(lines: readonly LogLine[]): CurvePoint[] {
  const byEpoch = new Map<number, LogLine[]>();
  for (const line of lines) {
    const epoch = Math.ceil(line.epoch);
    byEpoch.set(epoch, [...(byEpoch.get(epoch) ?? []), line]);
  }
  return [...byEpoch].map(([epoch, own]) => ({
    epoch,
    trainLossNats: own.reduce((sum, { lossNats }) => sum + lossNats, 0) / own.length,
    validLossNats: own.at(-1)?.validLossNats,
    validAccuracy: own.at(-1)?.validAccuracy,
  }));
}
