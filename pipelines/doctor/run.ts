/** `gdiff doctor`: the page that a bug report begins with. */

import type { BackendReport } from "../../src/backends/backend-name.ts";
import { formatBytes, formatOneLine } from "../../src/util/format.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import type { PipelineIo } from "../io.ts";
import { backendLines, examineBackend } from "./examine-backend.ts";
import { type Machine, readMachine } from "./machine.ts";
import { gpuLines, type NvidiaGpu, nvidiaGpus } from "./nvidia-gpus.ts";
import type { DoctorConfig } from "./options.ts";

export interface DoctorSummary extends Machine {
  /** Version of gdiff. */
  readonly gdiff: string;
  /** Those of NVIDIA; absent where nvidia-smi does not answer. */
  readonly gpus?: readonly NvidiaGpu[];
  /** In the order that `--backend auto` prefers. */
  readonly backends: readonly BackendReport[];
}

/** What `--explain` prints. */
export interface Explanation {
  /** For a POSIX shell. */
  readonly script: string;
}

/** Looks at the machine and prints what it has, each backend as soon as it is measured. */
export async function runDoctor(
  config: DoctorConfig,
  io: Pick<PipelineIo, "stdout">,
): Promise<DoctorSummary | Explanation> {
  if (config.explain !== undefined) return explain(io);
  const { listBackends } = await import("../../src/backends/list-backends.ts");
  const gpus = nvidiaGpus(process.env);
  const machine = {
    gdiff: packageVersion(),
    ...readMachine(process.env),
    ...(gpus === undefined ? {} : { gpus }),
  };
  await io.stdout(page(machineLines(machine)));
  const backends: BackendReport[] = [];
  for (const report of await listBackends()) {
    const examined = config.quick ? report : await examineBackend(report, config.device);
    await io.stdout(page(backendLines(examined)));
    backends.push(examined);
  }
  return { ...machine, backends };
}

async function explain(io: Pick<PipelineIo, "stdout">): Promise<Explanation> {
  const { buildScript, thisBuildHost } = await import(
    "../../src/backends/tensorflow/build-script.ts"
  );
  const script = buildScript(thisBuildHost());
  await io.stdout(script);
  return { script };
}

/** Returns the page as text, one fact a line. */
export function doctorPage(summary: DoctorSummary): string {
  return page([...machineLines(summary), ...summary.backends.flatMap(backendLines)]);
}

function page(lines: readonly string[]): string {
  return `${lines.map(formatOneLine).join("\n")}\n`;
}

function machineLines({
  gdiff,
  node,
  platform,
  cpu,
  gpus,
  memory,
}: Omit<DoctorSummary, "backends">): string[] {
  const limit =
    memory.limitBytes === undefined ? "" : `, limited to ${formatBytes(memory.limitBytes)}`;
  return [
    `gdiff    ${gdiff}`,
    `node     ${node}, ${platform}`,
    `cpu      ${cpu.model}, ${cpu.cores} cores, ${cpu.availableCores} for this process`,
    `slurm    SLURM_CPUS_PER_TASK ${cpu.slurmCpusPerTask ?? "is not set"}`,
    ...gpuLines(gpus).map((line) => `gpu      ${line}`),
    `memory   ${formatBytes(memory.totalBytes)}, ${formatBytes(memory.freeBytes)} free${limit}`,
    `heap     up to ${formatBytes(memory.heapLimitBytes)} (NODE_OPTIONS=--max-old-space-size raises it)`,
    "backends",
  ];
}
