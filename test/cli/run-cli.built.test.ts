import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FIXTURE, runProgram } from "./spawn-program.ts";

const folder = mkdtempSync(join(tmpdir(), "gdiff-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("output", () => {
  test("data goes to stdout, notices and progress to stderr", async () => {
    expect(await runProgram(FIXTURE, ["count", "--steps", "2"])).toEqual({
      code: 0,
      stdout: "step 1\nstep 2\n",
      stderr: expect.stringMatching(/^1\/2 {2}50% {2}loss 1\n2\/2 {2}100% {2}.*loss 2\ncounted\n$/),
    });
  });

  test("under --json stdout is one line, the summary", async () => {
    const { code, stdout } = await runProgram(FIXTURE, ["count", "--json", "--name", "a b"]);
    expect([code, stdout]).toEqual([0, '{"steps":3,"name":"a b"}\n']);
  });

  test("under --json an error leaves stdout empty", async () => {
    const { code, stdout, stderr } = await runProgram(FIXTURE, ["missing", "--json"]);
    expect([code, stdout, stderr]).toEqual([
      1,
      "",
      "gdiff: E_FILE: a.fa\\x1b[31m\\nb: no such file\n",
    ]);
  });

  test("YAML lies under flags", async () => {
    const file = join(folder, "my config λ.yaml");
    writeFileSync(file, "steps: 5\nname: from yaml\n");
    const args = ["count", "--json", "--config", file, "--set", "name=from set"];
    const { stdout } = await runProgram(FIXTURE, args);
    expect(stdout).toBe('{"steps":5,"name":"from set"}\n');
  });

  test("a reader that leaves early is not an error", async () => {
    const child = spawn(process.execPath, [FIXTURE, "endless"]);
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect([code, stderr]).toEqual([0, ""]);
  });

  test.runIf(existsSync("/dev/full"))("a full disk is an error", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [FIXTURE, "count"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toContain(
      "gdiff: E_FILE: cannot write to stdout: ENOSPC: no space left on device, write\n",
    );
  });
});

describe("errors", () => {
  test("an expected one has its stack under --debug only", async () => {
    const { code, stderr } = await runProgram(FIXTURE, ["missing", "--debug"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^gdiff: E_FILE: .*no such file\nFileError: .*\n(.*\n)*\s+at /);
    expect(stderr).toContain("[cause]: Error: ENOENT");
  });

  test("--debug takes true and false, the last one counting", async () => {
    for (const [flags, isShown] of [
      [["--debug=true"], true],
      [["--debug=false"], false],
      [["--debug", "--debug=false"], false],
      [["--debug=false", "--debug"], true],
    ] as const) {
      const { code, stderr } = await runProgram(FIXTURE, ["missing", ...flags]);
      expect(code).toBe(1);
      expect(stderr.includes("\nFileError: "), flags.join(" ")).toBe(isShown);
    }
  });

  test("an unexpected one shows stack and cause, and says that it is a bug", async () => {
    const { code, stdout, stderr } = await runProgram(FIXTURE, ["bug"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^gdiff: unexpected: TypeError: x is not a function\n\s+at /);
    expect(stderr).toContain("[cause]: Error: the cause");
    expect(stderr).toMatch(/\nthis is a bug in gdiff: please report it\n$/);
  });

  test("a rejection that nobody handles ends the process with its cause", async () => {
    const { code, stderr } = await runProgram(FIXTURE, ["forgotten"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^gdiff: unexpected: Error: nobody waits\n\s+at /);
    expect(stderr).toContain("[cause]: Error: the cause");
  });
});
