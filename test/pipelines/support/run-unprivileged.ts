import { spawnSync } from "node:child_process";
import { type Finished, GDIFF } from "../../cli/spawn-program.ts";

const NOBODY = 65534;

/** Runs `gdiff` as a user whom permissions bind, which they do not bind root; undefined where that user cannot run it. */
export function runUnprivileged(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Finished | undefined {
  const user = process.geteuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const run = (all: readonly string[]): Finished => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [GDIFF, ...all], {
      ...user,
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    return { code: status, stdout, stderr };
  };
  return run(["--version"]).code === 0 ? run(args) : undefined;
}
