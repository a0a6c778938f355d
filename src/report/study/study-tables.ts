/** The numbers of a study as tables for other tools: a row an arm and number of calls, a row a trial and number of calls, a row a validation. */

import type { Column, Table } from "../../data/table/table.ts";
import type { KmerDivergence, StudyRecord } from "../study-record.ts";

/** Lengths of k-mers that have a column each. */
const KS = [1, 2, 3, 4, 5, 6] as const;

/** Makes columns of what each row has. */
interface ColumnsOf<Row> {
  readonly text: (name: string, of: (row: Row) => string) => Column;
  readonly integers: (name: string, of: (row: Row) => number) => Column;
  /** What is not known is NaN. */
  readonly numbers: (name: string, of: (row: Row) => number | undefined) => Column;
}

function columnsOf<Row>(rows: readonly Row[]): ColumnsOf<Row> {
  return {
    text: (name, of) => ({ name, type: "utf8", values: rows.map(of) }),
    integers: (name, of) => ({ name, type: "int64", values: rows.map(of) }),
    numbers: (name, of) => ({
      ...{ name, type: "float64" },
      values: Float64Array.from(rows, (row) => of(row) ?? Number.NaN),
    }),
  };
}

/** Means over seeds. What is not known is NaN. */
export function armTable({ arms, design }: StudyRecord): Table {
  const rows = arms.flatMap((arm) => arm.samples.map((samples) => ({ arm, samples })));
  const { text, integers, numbers } = columnsOf(rows);
  const divergence = ({ samples }: (typeof rows)[number], k: number): KmerDivergence | undefined =>
    samples.divergences.find((one) => one.k === k);
  return {
    columns: [
      text("arm", ({ arm }) => arm.name),
      text("kind", ({ arm }) => arm.kind),
      text("strand", ({ arm }) => arm.strand),
      integers("seeds", ({ arm }) => arm.bits.seeds),
      numbers("bitsPerBase", ({ arm }) => arm.bits.mean),
      numbers("errorOverSeeds", ({ arm }) => arm.bits.errorOverSeeds),
      numbers("errorOverWindows", ({ arm }) => arm.bits.errorOverWindows),
      integers("parameters", ({ arm }) => arm.parameters),
      integers("tokens", ({ arm }) => arm.tokens),
      numbers("tokensPerSecond", ({ arm }) => arm.tokensPerSecond),
      text("method", ({ samples }) => samples.method),
      integers("calls", ({ samples }) => samples.calls),
      ...KS.map((k) => numbers(`divergence${k}`, (row) => divergence(row, k)?.bits)),
      numbers("errorOfDivergence6", (row) => divergence(row, 6)?.standardError),
    ],
    metadata: { test: design.test.what, tokens: String(design.tokens) },
  };
}

/** What is not known is NaN. */
export function trialTable({ arms }: StudyRecord): Table {
  const rows = arms.flatMap((arm) =>
    arm.trials.flatMap((trial) => trial.samples.map((samples) => ({ arm, trial, samples }))),
  );
  const { text, integers, numbers } = columnsOf(rows);
  return {
    columns: [
      text("arm", ({ arm }) => arm.name),
      integers("seed", ({ trial }) => trial.seed),
      text("kind", ({ arm }) => arm.kind),
      numbers("bitsPerBase", ({ trial }) => trial.bits),
      numbers("standardError", ({ trial }) => trial.standardError),
      numbers("tokensPerSecond", ({ trial }) => trial.tokensPerSecond),
      text("method", ({ samples }) => samples.method),
      integers("calls", ({ samples }) => samples.calls),
      ...KS.map((k) => numbers(`divergence${k}`, ({ samples }) => samples.divergences[k - 1])),
      text("run", ({ trial }) => trial.run),
      text("checkpointSha256", ({ trial }) => trial.checkpointSha256),
    ],
    metadata: {},
  };
}

/** A row a validation; `tokens` are the bases trained on before it, in all stages. */
export function curveTable({ arms }: StudyRecord): Table {
  const rows = arms.flatMap((arm) =>
    arm.trials.flatMap((trial) => trial.curve.map((point) => ({ arm, trial, point }))),
  );
  const { text, integers, numbers } = columnsOf(rows);
  return {
    columns: [
      text("arm", ({ arm }) => arm.name),
      integers("seed", ({ trial }) => trial.seed),
      text("objective", ({ arm, point }) => arm.stages[point.stage]?.objective ?? ""),
      integers("tokens", ({ point }) => point.tokens),
      numbers("bitsPerBase", ({ point }) => point.bits),
      numbers("standardError", ({ point }) => point.standardError),
    ],
    metadata: {},
  };
}
