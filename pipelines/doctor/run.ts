/** `gdiff doctor`: the page that a bug report begins with. */

import type { BackendReport } from "../../src/backends/backend-name.ts";
import { formatBytes, formatOneLine } from "../../src/util/format.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import type { PipelineIo } from "../io.ts";
import { type Machine, readMachine } from "./machine.ts";

export interface DoctorSummary extends Machine {
  /** Version of gdiff. */
  readonly gdiff: string;
  /** In the order that `--backend auto` prefers. */
  readonly backends: readonly BackendReport[];
}

/** Looks at the machine and prints what it has; starts no backend. */
export async function runDoctor(io: Pick<PipelineIo, "stdout">): Promise<DoctorSummary> {
  const { listBackends } = await import("../../src/backends/list-backends.ts");
  const summary: DoctorSummary = {
    gdiff: packageVersion(),
    ...readMachine(process.env),
    backends: await listBackends(),
  };
  await io.stdout(doctorPage(summary));
  return summary;
}

/** Returns the page as text, one fact a line. */
export function doctorPage({
  gdiff,
  node,
  platform,
  cpu,
  memory,
  backends,
}: DoctorSummary): string {
  const limit =
    memory.limitBytes === undefined ? "" : `, limited to ${formatBytes(memory.limitBytes)}`;
  const lines = [
    `gdiff    ${gdiff}`,
    `node     ${node}, ${platform}`,
    `cpu      ${cpu.model}, ${cpu.cores} cores, ${cpu.availableCores} for this process`,
    `slurm    SLURM_CPUS_PER_TASK ${cpu.slurmCpusPerTask ?? "is not set"}`,
    `memory   ${formatBytes(memory.totalBytes)}, ${formatBytes(memory.freeBytes)} free${limit}`,
    `heap     up to ${formatBytes(memory.heapLimitBytes)} (NODE_OPTIONS=--max-old-space-size raises it)`,
    "backends",
    ...backends.flatMap(backendLines),
  ];
  return `${lines.map(formatOneLine).join("\n")}\n`;
}

function backendLines({ name, isAvailable, device, reason, details }: BackendReport): string[] {
  const what = device === undefined ? reason : `${device}: ${reason}`;
  const more = (details ?? []).map((line) => `${" ".repeat(19)}${line}`);
  return [`  ${name.padEnd(11)} ${isAvailable ? "yes" : "no "}  ${what}`, ...more];
}
