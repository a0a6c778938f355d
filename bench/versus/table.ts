/** The table of speeds: every row's shape, whom it is against, and what is wanted. */

import { UsageError } from "../../src/errors.ts";
import type { VersusOptions } from "../arguments.ts";
import type { BenchSettings, WorkloadName } from "../settings.ts";
import type { VersusResult } from "./compare.ts";
import type { PeerMode } from "./peer-modes.ts";
import { runVersus } from "./versus.ts";

/** One number of a comparison. */
interface Figure {
  readonly against: string;
  readonly wanted: string;
  readonly read: (result: VersusResult) => number | undefined;
  readonly isMet: (value: number) => boolean;
}

interface RowPlan {
  readonly name: string;
  readonly workload: WorkloadName;
  readonly settings: Partial<BenchSettings>;
  readonly peerModes?: readonly PeerMode[];
  readonly figures: readonly Figure[];
}

export interface TableRow {
  readonly name: string;
  readonly against: string;
  readonly ratio?: number;
  readonly wanted: string;
  readonly isMet: boolean;
  readonly isVoid: boolean;
  /** All that the row was read from. */
  readonly result: VersusResult;
}

const atLeast = (
  least: number,
  against: string,
  read: (result: VersusResult) => number | undefined,
): Figure => ({ against, wanted: `≥ ${least}`, read, isMet: (value) => value >= least });

const speed = (least: number): Figure =>
  atLeast(least, "the best of PyTorch's modes", ({ ratio }) => ratio);
const blas = (least: number): Figure => atLeast(least, "numpy's OpenBLAS", ({ ratio }) => ratio);
const ceiling = atLeast(0.5, "arithmetic alone", (r) => r.ours.findings.shareOfCeiling);
const roofline = atLeast(0.7, "the roofline", (r) => r.ours.findings.shareOfRoofline);
const memory: Figure = {
  against: "that mode's peak memory",
  wanted: "≤ 1",
  read: ({ memoryRatio }) => memoryRatio,
  isMet: (value) => value <= 1,
};

const gemm = (name: string, settings: Partial<BenchSettings>): RowPlan => ({
  name,
  workload: "gemm",
  settings,
  ...(settings.precision === "bf16"
    ? { peerModes: [], figures: [...(settings.size ? [ceiling] : []), roofline] }
    : { peerModes: ["numpy"], figures: [blas(0.9)] }),
});

const train = (name: string, least: number, settings: Partial<BenchSettings>): RowPlan => ({
  name,
  workload: "train-step",
  settings,
  figures: [speed(least), memory],
});

export const TABLE: readonly RowPlan[] = [
  gemm("bf16 product 1024", { precision: "bf16", size: 1024 }),
  gemm("bf16 product 2048", { precision: "bf16", size: 2048 }),
  gemm("bf16 products of a block", { precision: "bf16" }),
  gemm("fp32 product 1024", { precision: "fp32", size: 1024 }),
  gemm("fp32 product 2048", { precision: "fp32", size: 2048 }),
  gemm("fp32 products of a block", { precision: "fp32" }),
  { name: "attention 1024", workload: "attention", settings: {}, figures: [speed(1.5)] },
  {
    name: "attention 4096",
    workload: "attention",
    settings: { length: 4096, batch: 1 },
    figures: [speed(1.5)],
  },
  train("train step 1024", 2, {}),
  train("train step 4096", 1.5, { length: 4096 }),
  train("train step batch 1", 1.5, { batch: 1 }),
  train("train step width 128", 1.5, { width: 128 }),
  {
    name: "ancestral sampling",
    workload: "ancestral",
    settings: { batch: 16, calls: 32 },
    figures: [speed(2)],
  },
  { name: "sampler call", workload: "forward", settings: { batch: 16 }, figures: [speed(2)] },
];

/**
 * Runs the rows one after the other; their shapes are their own, all else is `settings`.
 *
 * @param versus makes one comparison
 * @throws {UsageError} when `names` has a row that does not exist
 */
export async function runTable(
  settings: BenchSettings,
  names: readonly string[] | undefined,
  options: VersusOptions,
  notify: (line: string) => void,
  versus: typeof runVersus = runVersus,
): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for (const plan of chosen(names)) {
    notify(plan.name);
    const { peerModes } = { ...options, ...plan };
    const wanted = { ...options, ...(peerModes === undefined ? {} : { peerModes }) };
    const result = await versus(plan.workload, { ...settings, ...plan.settings }, wanted, notify);
    for (const figure of plan.figures) {
      const row = rowOf(plan.name, figure, result);
      rows.push(row);
      const ratio = row.isVoid ? "void" : (row.ratio?.toFixed(2) ?? "none");
      notify(`${row.name}: ${ratio} of ${row.against}`); // a run that is stopped has said this much
    }
  }
  return rows;
}

function chosen(names: readonly string[] | undefined): readonly RowPlan[] {
  if (names === undefined) return TABLE;
  return names.map((name) => {
    const found = TABLE.find((plan) => plan.name === name);
    if (found !== undefined) return found;
    const known = TABLE.map((plan) => plan.name).join(", ");
    throw new UsageError(`expected --rows to be of ${known}; got ${name}`);
  });
}

function rowOf(name: string, figure: Figure, result: VersusResult): TableRow {
  const { against, wanted, read, isMet } = figure;
  const ratio = read(result);
  return {
    name,
    against: result.best === undefined ? against : `${against} (${result.best})`,
    ...(ratio === undefined ? {} : { ratio }),
    wanted,
    isMet: ratio !== undefined && isMet(ratio),
    isVoid: result.isVoid,
    result,
  };
}
