/** The reports of all sets, one after another: of a set that is done, its sequences and predictions are let go. */

import type { DataDigest } from "../../src/report/provenance.ts";
import type { PipelineIo } from "../io.ts";
import { openPretraining } from "../labelled/pretraining-genome.ts";
import type { RunData } from "../open-data.ts";
import { dataDigests } from "./data-digests.ts";
import { openSet } from "./open-set.ts";
import type { BenchmarkConfig } from "./options.ts";
import type { SetFiles } from "./set-files.ts";
import { type ReportedSet, reportSet } from "./set-report.ts";
import type { Trial } from "./trial.ts";

/** A set, and what is tried on it. */
export interface PlannedSet {
  readonly files: SetFiles;
  readonly trials: readonly Trial[];
}

export interface ReportedSets {
  readonly reported: readonly ReportedSet[];
  /** Digests of what the sets hold. */
  readonly data: readonly DataDigest[];
}

/**
 * Reports on sets whose trials have ended.
 *
 * @throws {TableError | VerificationError} when a file of a set or a trial is damaged
 */
export async function reportSets(
  plan: readonly PlannedSet[],
  config: BenchmarkConfig,
  io: PipelineIo,
): Promise<ReportedSets> {
  const pretraining: RunData | undefined =
    config.run === undefined ? undefined : await openPretraining(config.run, io);
  try {
    const reported: ReportedSet[] = [];
    const data: DataDigest[] = [];
    for (const [i, { files, trials }] of plan.entries()) {
      io.progress.update(i, plan.length, `report on ${files.name}`);
      const { given, partsOf } = await openSet(files, config);
      const parts = Array.from({ length: config.seeds }, (_, seed) => partsOf(seed + 1));
      reported.push(await reportSet({ given, parts, trials, pretraining }, config));
      data.push(...dataDigests(given));
    }
    return { reported, data };
  } finally {
    await pretraining?.genome.close();
  }
}
