/** The end of a run's page that is the same whichever command made the run. */

import type { Provenance } from "../../src/report/provenance.ts";
import { formatBytes } from "../../src/util/format.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import { readMachine } from "../doctor/machine.ts";
import type { ReportConfig } from "./options.ts";

/** Stands where there is no date. */
const NO_DATE = "no date given";

export function provenanceOf(
  { run, date = NO_DATE }: Pick<ReportConfig, "run" | "date">,
  rest: Pick<Provenance, "config" | "backend" | "precision" | "seconds" | "data">,
): Provenance {
  const { cpu, memory } = readMachine(process.env);
  const bytes = memory.limitBytes ?? memory.totalBytes;
  return {
    gdiffVersion: packageVersion(),
    date,
    command: `gdiff report ${shellWord(run)}`,
    hardware: `${cpu.model}, ${cpu.availableCores} of ${cpu.cores} cores, ${formatBytes(bytes)}`,
    ...rest,
  };
}
