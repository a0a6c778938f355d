import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runProgram } from "../../cli/spawn-program.ts";
import { STEPPING, signalAt, TINY, testFolder } from "../support/tiny-run.ts";

const ROOT = join(import.meta.dirname, "../../..");
const folder = testFolder();

/** A copy of the package that can be taken away under a running command. */
function copyOfPackage(name: string): string {
  const copy = join(folder, name);
  mkdirSync(copy);
  for (const part of ["dist", "package.json", "pipelines", "data"])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}

describe("a package that is taken away while it trains", () => {
  test.concurrent("saves and ends as ever", async () => {
    const copy = copyOfPackage("replaced");
    const run = join(folder, "run");
    const args = ["pretrain", ...TINY, "--genome", "demo", "--steps", "60", "--out", run];
    const { code, stderr } = await runProgram(
      join(copy, "dist/src/cli/main.js"),
      args,
      takeAway(copy),
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining("trained 60 steps")]);
    expect(existsSync(copy)).toBe(false);
    expect(existsSync(join(run, "checkpoints/step-60/manifest.json"))).toBe(true);
  });

  test.concurrent("says why it stops, once", async () => {
    const copy = copyOfPackage("stopped");
    const run = join(folder, "stopped-run");
    const args = ["pretrain", ...TINY, "--genome", "demo", "--steps", "100000", "--out", run];
    const remove = takeAway(copy);
    const stop = signalAt(STEPPING, "SIGTERM");
    const { code, stderr } = await runProgram(
      join(copy, "dist/src/cli/main.js"),
      args,
      (child, text) => {
        remove(child, text);
        stop(child, text);
      },
    );
    expect([code, stderr.match(/^gdiff: E_STOPPED: /gm)?.length]).toEqual([75, 1]);
  });
});

/** Deletes the package once training has begun. */
function takeAway(copy: string): (child: unknown, stderr: string) => void {
  return (_child, stderr) => {
    if (STEPPING.test(stderr)) rmSync(copy, { recursive: true, force: true });
  };
}
