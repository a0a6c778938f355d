// Runs a program of a script in the checkout.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** Waits for its end; throws when that is not a good one. `stdio` as spawnSync takes it. */
export function run(program, args, env, stdio = "inherit") {
  const { status, signal } = spawnSync(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio,
  });
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status ?? signal}`);
}
