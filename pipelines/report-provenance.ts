/** Where the numbers of a report come from, as far as every report says the same. */

import type { Provenance } from "../src/report/provenance.ts";
import { formatBytes } from "../src/util/format.ts";
import { packageVersion } from "../src/util/package-root.ts";
import { readMachine } from "./doctor/machine.ts";

/** Stands where there is no date. */
const NO_DATE = "no date given";

/** @param command what was typed */
export function reportProvenance(
  command: string,
  date: string | undefined,
  rest: Pick<Provenance, "config" | "backend" | "precision" | "seconds" | "data">,
): Provenance {
  const { cpu, memory } = readMachine(process.env);
  const bytes = memory.limitBytes ?? memory.totalBytes;
  return {
    gdiffVersion: packageVersion(),
    date: date ?? NO_DATE,
    command,
    hardware: `${cpu.model}, ${cpu.availableCores} of ${cpu.cores} cores, ${formatBytes(bytes)}`,
    ...rest,
  };
}
