import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { FIXTURE, type Finished, runProgram } from "./spawn-program.ts";

type Signal = "SIGINT" | "SIGTERM" | "SIGUSR1";

/** Sends the next signal each time stderr ends with the next of `cues`. */
function signalled(
  command: string,
  cues: readonly [cue: string, signal: Signal][],
): Promise<Finished> {
  const left = [...cues];
  return runProgram(FIXTURE, [command], (child, stderr) => {
    const [next] = left;
    if (next === undefined || !stderr.endsWith(`${next[0]}\n`)) return;
    left.shift();
    child.kill(next[1]);
  });
}

describe("the first signal", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 75],
    ["SIGUSR1", 75],
  ] as const)("%s lets the run save, and exits with %i", async (signal, code) => {
    expect(await signalled("train", [["training", signal]])).toEqual({
      code,
      stdout: "",
      stderr: [
        "training",
        `${signal}: stopping; a second signal stops at once`,
        `gdiff: E_STOPPED: ${signal}: saved step 7; gdiff train --resume goes on`,
        "",
      ].join("\n"),
    });
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends a run that has nothing to save with %i", async (signal, code) => {
    expect(await signalled("plain", [["waiting", signal]])).toEqual({
      code,
      stdout: "",
      stderr: [
        "waiting",
        `${signal}: stopping; a second signal stops at once`,
        `gdiff: E_STOPPED: stopped by ${signal}; there is nothing to resume`,
        "",
      ].join("\n"),
    });
  });
});

describe("the second signal", () => {
  test.each([
    ["SIGINT", "SIGINT", 130],
    ["SIGTERM", "SIGTERM", 143],
    ["SIGUSR1", "SIGUSR1", 138],
    ["SIGUSR1", "SIGINT", 130],
  ] as const)("after %s, %s stops at once with %i", async (first, second, code) => {
    const cues: [string, Signal][] = [
      ["waiting", first],
      ["still here", second],
    ];
    expect(await signalled("deaf", cues)).toEqual({
      code,
      stdout: "",
      stderr: `waiting\n${first}: stopping; a second signal stops at once\nstill here\n`,
    });
  });
});

test("a run saves when the program that began it with a channel is gone", async () => {
  const stdio = ["ignore", "ignore", "pipe", "ipc"] as const;
  const child = spawn(process.execPath, [FIXTURE, "train"], { stdio: [...stdio] });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    if (stderr === "training\n") child.disconnect();
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  expect([code, stderr.trimEnd().split("\n")]).toEqual([
    75,
    [
      "training",
      "the program that began this one has ended: stopping",
      "gdiff: E_STOPPED: SIGTERM: saved step 7; gdiff train --resume goes on",
    ],
  ]);
});
