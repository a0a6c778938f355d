/** The numbers of a study as tables for other tools: a row an arm and number of calls, a row a trial and number of calls, a row a validation. */

import type { Column, Table } from "../../data/table/table.ts";
import type { KmerDivergence, StudyRecord } from "../study-record.ts";

/** Lengths of k-mers that have a column each. */
const KS = [1, 2, 3, 4, 5, 6] as const;

const text = (name: string, values: readonly string[]): Column => ({ name, type: "utf8", values });
const integers = (name: string, values: readonly number[]): Column => ({
  ...{ name, type: "int64", values },
});
/** What is not known is NaN. */
const numbers = (name: string, values: readonly (number | undefined)[]): Column => ({
  ...{ name, type: "float64", values: Float64Array.from(values, (value) => value ?? Number.NaN) },
});

/** Means over seeds. What is not known is NaN. */
export function armTable({ arms, design }: StudyRecord): Table {
  const rows = arms.flatMap((arm) => arm.samples.map((samples) => ({ arm, samples })));
  const ofArm = <Value>(value: (arm: StudyRecord["arms"][number]) => Value): Value[] =>
    rows.map(({ arm }) => value(arm));
  const divergence = (k: number, of: (one: KmerDivergence) => number | undefined) =>
    rows.map(({ samples }) => {
      const found = samples.divergences.find((one) => one.k === k);
      return found === undefined ? undefined : of(found);
    });
  return {
    columns: [
      text(
        "arm",
        ofArm(({ name }) => name),
      ),
      text(
        "kind",
        ofArm(({ kind }) => kind),
      ),
      text(
        "strand",
        ofArm(({ strand }) => strand),
      ),
      integers(
        "seeds",
        ofArm(({ bits }) => bits.seeds),
      ),
      numbers(
        "bitsPerBase",
        ofArm(({ bits }) => bits.mean),
      ),
      numbers(
        "errorOverSeeds",
        ofArm(({ bits }) => bits.errorOverSeeds),
      ),
      numbers(
        "errorOverWindows",
        ofArm(({ bits }) => bits.errorOverWindows),
      ),
      integers(
        "parameters",
        ofArm(({ parameters }) => parameters),
      ),
      integers(
        "tokens",
        ofArm(({ tokens }) => tokens),
      ),
      numbers(
        "tokensPerSecond",
        ofArm(({ tokensPerSecond }) => tokensPerSecond),
      ),
      text(
        "method",
        rows.map(({ samples }) => samples.method),
      ),
      integers(
        "calls",
        rows.map(({ samples }) => samples.calls),
      ),
      ...KS.map((k) =>
        numbers(
          `divergence${k}`,
          divergence(k, ({ bits }) => bits),
        ),
      ),
      numbers(
        "errorOfDivergence6",
        divergence(6, ({ standardError }) => standardError),
      ),
    ],
    metadata: { test: design.test.what, tokens: String(design.tokens) },
  };
}

/** What is not known is NaN. */
export function trialTable({ arms }: StudyRecord): Table {
  const rows = arms.flatMap((arm) =>
    arm.trials.flatMap((trial) => trial.samples.map((samples) => ({ arm, trial, samples }))),
  );
  return {
    columns: [
      text(
        "arm",
        rows.map(({ arm }) => arm.name),
      ),
      integers(
        "seed",
        rows.map(({ trial }) => trial.seed),
      ),
      text(
        "kind",
        rows.map(({ arm }) => arm.kind),
      ),
      numbers(
        "bitsPerBase",
        rows.map(({ trial }) => trial.bits),
      ),
      numbers(
        "standardError",
        rows.map(({ trial }) => trial.standardError),
      ),
      numbers(
        "tokensPerSecond",
        rows.map(({ trial }) => trial.tokensPerSecond),
      ),
      text(
        "method",
        rows.map(({ samples }) => samples.method),
      ),
      integers(
        "calls",
        rows.map(({ samples }) => samples.calls),
      ),
      ...KS.map((k) =>
        numbers(
          `divergence${k}`,
          rows.map(({ samples }) => samples.divergences[k - 1]),
        ),
      ),
      text(
        "run",
        rows.map(({ trial }) => trial.run),
      ),
      text(
        "checkpointSha256",
        rows.map(({ trial }) => trial.checkpointSha256),
      ),
    ],
    metadata: {},
  };
}

/** A row a validation; `tokens` are the bases trained on before it, in all stages. */
export function curveTable({ arms }: StudyRecord): Table {
  const rows = arms.flatMap((arm) =>
    arm.trials.flatMap((trial) => trial.curve.map((point) => ({ arm, trial, point }))),
  );
  return {
    columns: [
      text(
        "arm",
        rows.map(({ arm }) => arm.name),
      ),
      integers(
        "seed",
        rows.map(({ trial }) => trial.seed),
      ),
      text(
        "objective",
        rows.map(({ arm, point }) => arm.stages[point.stage]?.objective ?? ""),
      ),
      integers(
        "tokens",
        rows.map(({ point }) => point.tokens),
      ),
      numbers(
        "bitsPerBase",
        rows.map(({ point }) => point.bits),
      ),
      numbers(
        "standardError",
        rows.map(({ point }) => point.standardError),
      ),
    ],
    metadata: {},
  };
}
