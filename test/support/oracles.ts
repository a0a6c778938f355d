/**
 * Programs and data that tests compare with. An absent one skips its tests with a printed reason;
 * with CI=true an absent program is a failure (data may be absent there too, and skips).
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Folder of material beside the checkout; absent on most machines. */
const SHARED: string = join(import.meta.dirname, "../../../shared");

/** Python that has the oracle modules: GDIFF_ORACLE_PYTHON, or python3. */
export const PYTHON: string = process.env.GDIFF_ORACLE_PYTHON ?? "python3";

/** Whether tests that need `program` run; prints why not. */
export function hasProgram(program: string, versionFlag = "--version"): boolean {
  const found = spawnSync(program, [versionFlag], { stdio: "ignore" }).error === undefined;
  return found || refuse(`${program} is not installed`);
}

/** Whether tests that need the Python `module` run; prints why not. */
export function hasPythonModule(module: string): boolean {
  const result = spawnSync(PYTHON, ["-c", `import ${module}`], { stdio: "ignore" });
  return result.status === 0 || refuse(`${PYTHON} has no module ${module}`);
}

/** Path of a file of real DNA, or undefined with a printed reason. */
export function sharedData(path: string): string | undefined {
  return sharedFile(join("data", path));
}

/** Path of a shared file, or undefined with a printed reason. */
export function sharedFile(path: string): string | undefined {
  const full = join(SHARED, path);
  if (existsSync(full)) return full;
  console.warn(`skipped: ${path} is not beside this checkout`);
  return undefined;
}

/** Runs Python code and returns its stdout; fails the test with its stderr. */
export function runPython(code: string, args: readonly string[] = []): string {
  const result = spawnSync(PYTHON, ["-c", code, ...args], { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (result.status !== 0) throw new Error(`python oracle failed: ${result.stderr}`);
  return result.stdout;
}

export function refuse(reason: string): false {
  if (process.env.CI === "true") throw new Error(`CI requires every oracle: ${reason}`);
  console.warn(`skipped: ${reason}`);
  return false;
}
