/** The command line of the bound's variance, and its table. */

import { UsageError } from "../../src/errors.ts";
import { parseFlags, positive, positives, text } from "../flags.ts";
import { formatColumns } from "../format.ts";
import type { BenchIo } from "../main.ts";
import {
  type EstimatorSettings,
  type EstimatorTable,
  estimatorTable,
  type Variance,
} from "./variances.ts";

export const ESTIMATOR_USAGE: string = `npm run -s bench -- estimator --run RUN [flags]

  how much the draws of the bound alone make it vary, under each way of drawing times, and by counting

  --windows 16         of the run's test split, which make a batch
  --repeats 32         batches, and means of draws a window
  --draws 1,8          of a window
  --seed 1
  --json               one JSON line on stdout instead of a table
`;

const FLAGS = {
  ...{ run: text, windows: text, repeats: text, draws: text, seed: text },
  json: { type: "boolean" },
} as const;

export async function runEstimatorBench(argv: readonly string[], io: BenchIo): Promise<void> {
  const { settings, isJson } = parse(argv);
  const table = await estimatorTable(settings, (line) => io.stderr(`${line}\n`));
  io.stdout(isJson ? `${JSON.stringify(table)}\n` : `${formatEstimator(table).join("\n")}\n`);
}

/** @throws {UsageError} for what is not in ESTIMATOR_USAGE */
function parse(argv: readonly string[]): { settings: EstimatorSettings; isJson: boolean } {
  const given = parseFlags(argv, FLAGS);
  const { run, windows = "16", repeats = "32", draws = "1,8", seed = "1", json } = given;
  if (run === undefined) throw new UsageError("expected --run RUN, got none");
  const settings = {
    run,
    windows: several("--windows", windows),
    repeats: several("--repeats", repeats),
    draws: positives("--draws", draws),
    seed: positive("--seed", seed),
  };
  return { settings, isJson: json === true };
}

/** A variance takes two. */
function several(flag: string, value: string): number {
  const count = positive(flag, value);
  if (count > 1) return count;
  throw new UsageError(`expected ${flag} of at least 2, for a variance, got ${value}`);
}

function formatEstimator({ settings, length, rows }: EstimatorTable): string[] {
  const { windows, repeats, draws } = settings;
  const cell = ({ value, standardError }: Variance): string =>
    `${value.toPrecision(3)} ± ${standardError.toPrecision(1)}`;
  return [
    `${windows} windows of ${length} bases, ${repeats} times; variances by masks alone, (bits per base)²`,
    "of a batch's mean and of several draws' mean, times how many they are: as if each were alone",
    "",
    ...formatColumns([
      [
        "",
        "bits per base",
        "an example",
        `of a batch of ${windows}`,
        ...draws.map((count) => (count === 1 ? "of 1 draw" : `of ${count} draws`)),
      ],
      ...rows.map(({ name, bits, example, batch, byDraws }) => [
        name,
        bits.toFixed(3),
        cell(example),
        cell(batch),
        ...byDraws.map(({ variance }) => cell(variance)),
      ]),
    ]),
  ];
}
