/** The processes that a process began, as Linux lists them. */

import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Whether children can be listed; prints why not. */
export function canListChildren(): boolean {
  if (existsSync("/proc/self/stat")) return true;
  console.warn("skipped: processes are not listed in /proc here");
  return false;
}

/** Ids of the children of `pid`. */
export function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
}

/** Undefined of a process that has ended meanwhile. */
function parentOf(name: string): number | undefined {
  try {
    const text = readFileSync(`/proc/${name}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]); // state, then the parent
  } catch {
    return undefined;
  }
}

/** Ends a process at once; one that has just ended is as good as killed. */
export function killById(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
