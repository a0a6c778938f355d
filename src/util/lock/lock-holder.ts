/**
 * Who holds a lock, and whether that process still lives. A process number alone does not say: it is used again
 * after a reboot, and means nothing in another container or on another host. Linux tells the rest under /proc;
 * elsewhere those fields are null and only the number is compared.
 */

import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { parseStrictJson } from "../strict-json.ts";

export interface LockHolder {
  /** Different in every lock that was ever taken. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When the process took the lock, ISO 8601. */
  readonly since: string;
  /** Linux: changes with every boot. */
  readonly boot: string | null;
  /** Linux: the space in which `pid` has its meaning. */
  readonly pidSpace: string | null;
  /** Linux: clock ticks from boot to the start of process `pid`. */
  readonly started: string | null;
  /** Slurm: the job, which keeps its number when it is queued again. */
  readonly slurmJob: string | null;
  /** Slurm: how often the job was queued again. */
  readonly slurmRestarts: number;
}

export type HolderState = "alive" | "dead" | "elsewhere";

/** This process as the holder of a new lock. */
export function newLockHolder(): LockHolder {
  return {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    boot: bootId(),
    pidSpace: pidSpace(),
    started: startedTicks(process.pid),
    ...slurm(),
  };
}

/** Whether the holder still runs; `elsewhere` when this process cannot see it. */
export function holderState(holder: LockHolder): HolderState {
  if (isEarlierLife(holder)) return "dead";
  if (holder.host !== hostname()) return "elsewhere";
  if (differ(holder.boot, bootId())) return "dead";
  if (differ(holder.pidSpace, pidSpace())) return "elsewhere";
  if (!isProcessAlive(holder.pid)) return "dead";
  return differ(holder.started, startedTicks(holder.pid)) ? "dead" : "alive";
}

/**
 * Slurm ends a job on all its nodes before it queues it again. The count tells an earlier life of this job from its
 * other nodes, which run now.
 */
function isEarlierLife(holder: LockHolder): boolean {
  const { slurmJob, slurmRestarts } = slurm();
  return slurmJob !== null && holder.slurmJob === slurmJob && holder.slurmRestarts < slurmRestarts;
}

function slurm(): Pick<LockHolder, "slurmJob" | "slurmRestarts"> {
  const { SLURM_JOB_ID, SLURM_RESTART_COUNT } = process.env;
  const restarts = Number(SLURM_RESTART_COUNT ?? 0); // not set in the first life
  return {
    slurmJob: SLURM_JOB_ID ?? null,
    slurmRestarts: Number.isSafeInteger(restarts) ? restarts : 0,
  };
}

/** Whether a process of this number runs on this host. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // signal 0 only asks
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

export function formatHolder(holder: LockHolder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** The holder written in a lock file, or undefined when the text is not one. */
export function parseHolder(text: string): LockHolder | undefined {
  let value: unknown;
  try {
    value = parseStrictJson(text, 1);
  } catch {
    return undefined;
  }
  return isHolder(value) ? value : undefined;
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== "object" || value === null) return false;
  const { id, pid, host, since, boot, pidSpace, started, slurmJob, slurmRestarts } =
    value as Partial<Record<keyof LockHolder, unknown>>;
  const isTextOrNull = (field: unknown): boolean => field === null || typeof field === "string";
  return (
    typeof id === "string" &&
    /^[0-9a-f-]{36}$/.test(id) && // becomes part of a file name
    Number.isSafeInteger(pid) &&
    Number(pid) > 0 &&
    typeof host === "string" &&
    typeof since === "string" &&
    [boot, pidSpace, started, slurmJob].every(isTextOrNull) &&
    Number.isSafeInteger(slurmRestarts)
  );
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function bootId(): string | null {
  return orNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim());
}

function pidSpace(): string | null {
  return orNull(() => readlinkSync("/proc/self/ns/pid"));
}

/** Field 22 of /proc/PID/stat, counted after the name in parentheses, which may hold spaces. */
function startedTicks(pid: number): string | null {
  return orNull(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  });
}

function orNull(read: () => string | null): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
