/** What the machine is, as far as training speed and memory depend on it. */

import { arch, availableParallelism, cpus, freemem, platform, totalmem } from "node:os";
import { getHeapStatistics } from "node:v8";

export interface Machine {
  /** "v20.20.2". */
  readonly node: string;
  /** "linux x64". */
  readonly platform: string;
  readonly cpu: {
    readonly model: string;
    /** Logical cores of the machine, and those this process may use. */
    readonly cores: number;
    readonly availableCores: number;
    /** As Slurm set it; absent outside a job. */
    readonly slurmCpusPerTask?: string;
  };
  readonly memory: {
    readonly totalBytes: number;
    readonly freeBytes: number;
    /** Set where a container or a job allows less than the machine has. */
    readonly limitBytes?: number;
    /** What Node's own heap may grow to. */
    readonly heapLimitBytes: number;
  };
}

/** Reads what the machine is; `env` is the process's environment. */
export function readMachine(env: Readonly<Record<string, string | undefined>>): Machine {
  const all = cpus();
  const slurmCpusPerTask = env.SLURM_CPUS_PER_TASK;
  const limitBytes = process.constrainedMemory();
  const isLimited = limitBytes > 0 && limitBytes < totalmem();
  return {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpu: {
      model: all[0]?.model.trim() ?? "unknown",
      cores: all.length,
      availableCores: availableParallelism(),
      ...(slurmCpusPerTask === undefined ? {} : { slurmCpusPerTask }),
    },
    memory: {
      totalBytes: totalmem(),
      freeBytes: freemem(),
      ...(isLimited ? { limitBytes } : {}),
      heapLimitBytes: getHeapStatistics().heap_size_limit,
    },
  };
}
