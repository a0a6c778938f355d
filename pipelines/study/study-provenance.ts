/** Where the numbers of a study come from. */

import { PRECISIONS } from "../../src/backends/precision.ts";
import { configYaml } from "../../src/config/config-yaml.ts";
import type { Provenance } from "../../src/report/provenance.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import { hardwareLine } from "../doctor/hardware-line.ts";
import { lastDay } from "../trials/last-day.ts";
import { studyCommandLine } from "./command-line.ts";
import { type StudyConfig, studyOptions } from "./options.ts";
import type { StudyParts } from "./study-record.ts";
import { testFiles } from "./trial-parts.ts";

export async function studyProvenance(
  { results, digest }: Pick<StudyParts, "results" | "digest">,
  config: StudyConfig,
): Promise<Provenance> {
  const backends = new Set(results.map(({ test }) => test.backend));
  const precision = results[0]?.test.precision; // all networks have the same
  return {
    gdiffVersion: packageVersion(),
    date: await lastDay(results.map(({ trial }) => testFiles(trial).summary)),
    command: await studyCommandLine(config),
    config: configYaml(studyOptions, config),
    hardware: hardwareLine(),
    backend: [...backends].join(", "),
    precision: PRECISIONS.find((one) => one === precision),
    seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
    data: [{ name: "genome and regions", sha256: digest }],
  };
}
