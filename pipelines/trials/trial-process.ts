/** A part of a trial as a process of its own, such as `gdiff finetune`, on some of the threads. */

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EXIT, RunFolderError, TrainingError } from "../../src/errors.ts";
import { AND_RESUME } from "../../src/train/and-resume.ts";
import { lockRunFolder } from "../../src/train/run-folder/lock-run-folder.ts";
import { packageRoot } from "../../src/util/package-root.ts";
import { makeFolder } from "../run-folder/make-folder.ts";

/** How long a trial that another process is just leaving is waited for, and how often it is looked at. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 250;
/** What is kept of what the process says: its last words. */
const TAIL_CHARACTERS = 4096;

/** What the command says before the message of a TrainingError; its code does not change. */
const DIVERGED = "gdiff: E_TRAINING: ";

export interface TrialProcess {
  /** What messages call the trial. */
  readonly name: string;
  /** After `gdiff`. */
  readonly args: readonly string[];
  /** What it writes to; it is waited for while another process keeps it. */
  readonly folder: string;
  readonly threads: number;
  /** When it aborts, the process saves and ends. */
  readonly signal: AbortSignal;
}

/** How a process ended: done, stopped by `signal`, or with training that could not go on. */
export type TrialEnd =
  /** With what it wrote to stdout. */
  | { readonly kind: "done"; readonly stdout: string }
  | { readonly kind: "stopped" }
  /** In a line. */
  | { readonly kind: "diverged"; readonly reason: string };

/**
 * Runs a trial to its end, or until `signal` aborts; then it has saved, and the promise resolves all the same.
 *
 * The process is told by its channel that this one died, and saves too. It is not of this one's group: a Ctrl-C reaches it once.
 *
 * @throws {TrainingError} with its own last line, when it fails for another reason than its training
 * @throws {RunFolderError} when another process keeps its folder
 */
export async function runTrialProcess(trial: TrialProcess): Promise<TrialEnd> {
  const { name, args, folder, threads, signal } = trial;
  await makeFolder(folder);
  await waitForFolder(folder, signal);
  if (signal.aborted) return { kind: "stopped" };
  const child = spawn(process.execPath, [join(packageRoot(), "dist/src/cli/main.js"), ...args], {
    env: { ...process.env, GDIFF_THREADS: String(threads) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
    windowsHide: true,
  });
  const stop = (): void => void child.kill("SIGINT");
  signal.addEventListener("abort", stop);
  try {
    const { code, stdout, tail } = await finished(child);
    if (code === 0) return { kind: "done", stdout };
    if (signal.aborted) return { kind: "stopped" };
    const said = tail.split("\n").findLast((line) => line.startsWith("gdiff: ")) ?? "";
    if (code === EXIT.failure && said.startsWith(DIVERGED)) {
      // Gone on with by itself, a trial would be of another study or benchmark.
      return { kind: "diverged", reason: said.slice(DIVERGED.length).replace(AND_RESUME, "") };
    }
    throw new TrainingError(
      `expected the trial ${name} to end well, got exit code ${code}: ${said.replace("gdiff: ", "")} (in ${folder}; the same command goes on)`,
    );
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** What was killed leaves processes that still save. */
async function waitForFolder(folder: string, signal: AbortSignal): Promise<void> {
  for (let waited = 0; !signal.aborted; waited += LOOK_EVERY_MS) {
    try {
      const lock = await lockRunFolder(folder);
      return await lock.release();
    } catch (error) {
      if (!(error instanceof RunFolderError) || waited >= PATIENCE_MS) throw error;
      await setTimeout(LOOK_EVERY_MS);
    }
  }
}

interface Ended {
  /** Exit code, or the name of the signal that ended it. */
  readonly code: number | string | null;
  readonly stdout: string;
  /** Of stderr. */
  readonly tail: string;
}

function finished(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let tail = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-TAIL_CHARACTERS);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? signal, stdout, tail }));
  });
}
