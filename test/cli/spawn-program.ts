/** Runs a built program as a shell would, and keeps all that it says. */

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** The built command. */
export const GDIFF: string = join(ROOT, "dist/src/cli/main.js");

/** The same surroundings around commands that do one thing each. */
export const FIXTURE: string = join(import.meta.dirname, "fixture-program.mjs");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; `watch` sees stderr grow, and may send signals. */
export function runProgram(
  program: string,
  args: readonly string[],
  watch: (child: ChildProcess, stderr: string) => void = () => {},
  cwd: string = process.cwd(),
): Promise<Finished> {
  const { CI: _ci, SLURM_CPUS_PER_TASK: _slurm, ...env } = process.env;
  const child = spawn(process.execPath, [program, ...args], { env, cwd });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    watch(child, stderr);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
