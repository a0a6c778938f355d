/** The record of a benchmark from its sets: where the numbers come from, and what papers print for the same sets. */

import { join } from "node:path";
import { PRECISIONS } from "../../src/backends/precision.ts";
import { configYaml } from "../../src/config/config-yaml.ts";
import type { BenchmarkRecord, LeftOutSet } from "../../src/report/benchmark-record.ts";
import type { DataDigest, Provenance } from "../../src/report/provenance.ts";
import type { PublishedTable } from "../../src/report/published/published-table.ts";
import { readPublished } from "../../src/report/published/read-published.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import { hardwareLine } from "../doctor/hardware-line.ts";
import { RESULT_FILE } from "../finetune/run.ts";
import { lastDay } from "../trials/last-day.ts";
import { modelsOf } from "./check-options.ts";
import { benchmarkCommandLine } from "./command-line.ts";
import { mainModel, YARDSTICK } from "./models.ts";
import { type BenchmarkConfig, benchmarkOptions } from "./options.ts";
import type { ReportedSets } from "./report-sets.ts";
import type { ReportedSet } from "./set-report.ts";
import { trialFolder } from "./trial.ts";

/** What a record is made of, besides the configuration. */
interface RecordedSets extends ReportedSets {
  readonly leftOut: readonly LeftOutSet[];
}

export async function benchmarkRecord(
  { reported: sets, leftOut, data }: RecordedSets,
  config: BenchmarkConfig,
): Promise<BenchmarkRecord> {
  return {
    schema: 1,
    provenance: await provenance(sets, config, data),
    mainModel: mainModel(modelsOf(config)) as string,
    yardstick: YARDSTICK,
    sets: sets.map(({ report }) => report),
    leftOut,
    published: ofSets(
      await readPublished(),
      sets.map(({ report }) => report.name),
    ),
  };
}

/** The tables that name one of the sets, without the rows of others. */
function ofSets(
  tables: readonly PublishedTable[],
  names: readonly string[],
): readonly PublishedTable[] {
  return tables
    .map((table) => ({
      ...table,
      results: table.results.filter(({ set }) => names.includes(set)),
    }))
    .filter(({ results }) => results.length > 0);
}

async function provenance(
  sets: readonly ReportedSet[],
  config: BenchmarkConfig,
  data: readonly DataDigest[],
): Promise<Provenance> {
  const seeds = sets.flatMap(({ report }) => report.models).flatMap((model) => model.seeds);
  const results = sets.flatMap(({ chosen }) => chosen).map(({ result }) => result);
  const backends = new Set(results.flatMap(({ backend }) => backend ?? []));
  const [precision] = results.flatMap((result) => result.precision ?? []); // all networks have the same
  return {
    gdiffVersion: packageVersion(),
    date: await lastDay(
      sets
        .flatMap(({ chosen }) => chosen)
        .map(({ trial }) => join(trialFolder(config.out, trial), RESULT_FILE)),
    ),
    command: await benchmarkCommandLine(config),
    config: configYaml(benchmarkOptions, config),
    hardware: hardwareLine(),
    backend: [...backends].join(", "),
    precision: PRECISIONS.find((one) => one === precision),
    seconds: seeds.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    data,
  };
}
