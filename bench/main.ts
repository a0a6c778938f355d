/** Reads the command line, measures, prints. */

import { GdiffError, UsageError } from "../src/errors.ts";
import { parseBenchArguments, USAGE } from "./arguments.ts";
import { CONSTRAINTS_USAGE, runConstraintsBench } from "./constraints/main.ts";
import { DATA_USAGE } from "./data/arguments.ts";
import { runDataBench } from "./data/main.ts";
import { ESTIMATOR_USAGE, runEstimatorBench } from "./estimator/main.ts";
import { formatKernels, formatResult } from "./format.ts";
import { LABELS_USAGE, runLabelsBench } from "./labels/main.ts";
import { measure } from "./measure.ts";
import { runSamplersBench, SAMPLERS_USAGE } from "./samplers/main.ts";
import { formatTable, formatVersus } from "./versus/format.ts";
import { runTable } from "./versus/table.ts";
import { runVersus } from "./versus/versus.ts";

export interface BenchIo {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Returns the exit code: 0 measured, 1 failed or a ratio is void, 2 a wrong command line. */
export async function runBench(argv: readonly string[], io: BenchIo): Promise<number> {
  try {
    return await run(argv, io);
  } catch (error) {
    if (!(error instanceof GdiffError)) throw error;
    io.stderr(`bench: ${error.code}: ${error.message}\n`);
    if (error instanceof UsageError) io.stderr(`\n${usageOf(argv[0])}`);
    return error.exitCode;
  }
}

function usageOf(area: string | undefined): string {
  if (area === "data") return DATA_USAGE;
  if (area === "labels") return LABELS_USAGE;
  if (area === "estimator") return ESTIMATOR_USAGE;
  if (area === "constraints") return CONSTRAINTS_USAGE;
  return area === "samplers" ? SAMPLERS_USAGE : USAGE;
}

async function run(argv: readonly string[], io: BenchIo): Promise<number> {
  const [area, ...rest] = argv;
  if (area === "data") {
    await runDataBench(rest, io);
    return 0;
  }
  if (area === "samplers") {
    await runSamplersBench(rest, io);
    return 0;
  }
  if (area === "labels") {
    await runLabelsBench(rest, io);
    return 0;
  }
  if (area === "estimator") {
    await runEstimatorBench(rest, io);
    return 0;
  }
  if (area === "constraints") return await runConstraintsBench(rest, io);
  const asked = parseBenchArguments(argv);
  const print = (value: unknown, lines: readonly string[]): void =>
    io.stdout(asked.isJson ? `${JSON.stringify(value)}\n` : `${lines.join("\n")}\n`);
  const notify = (line: string): void => io.stderr(`${line}\n`);
  switch (asked.command) {
    case "measure": {
      const { result, kernels } = await measure(asked.workload, asked.settings);
      if (asked.isProfiled)
        print({ ...result, kernels }, [...formatResult(result), ...formatKernels(kernels)]);
      else print(result, formatResult(result));
      return 0;
    }
    case "versus": {
      const result = await runVersus(asked.workload, asked.settings, asked.versus, notify);
      print(result, formatVersus(result));
      return result.isVoid ? 1 : 0;
    }
    case "table": {
      const rows = await runTable(asked.settings, asked.rows, asked.versus, notify);
      print(rows, formatTable(rows));
      return rows.some(({ isVoid }) => isVoid) ? 1 : 0;
    }
    default:
      return asked satisfies never;
  }
}
