/** The built command on a network of 3,364 parameters, and what its run folder holds. */

import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll } from "vitest";
import { type Finished, GDIFF, runProgram } from "../../cli/spawn-program.ts";

/** Flags of the network alone. */
export const NETWORK: readonly string[] = ["width=16", "layers=1", "heads=2"].flatMap((value) => [
  "--set",
  `model.${value}`,
]);

/** Flags of a run whose steps of 4 windows take milliseconds. */
export const TINY: readonly string[] = [
  ...NETWORK,
  ...["--length", "32", "--batch-size", "2", "--accumulate", "2"],
];

/** A folder for one test file, deleted after its tests. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gdiff-pipeline-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type Watch = (child: ChildProcess, stderr: string) => void;

/** Runs `gdiff` to its end. */
export function gdiff(args: readonly string[], watch?: Watch, cwd?: string): Promise<Finished> {
  return runProgram(GDIFF, args, watch, cwd);
}

/** Runs `gdiff pretrain` on the tiny network. */
export function pretrain(args: readonly string[], watch?: Watch, cwd?: string): Promise<Finished> {
  return gdiff(["pretrain", ...TINY, ...args], watch, cwd);
}

/** Sends `signal` once, when stderr first matches `cue`. */
export function signalAt(cue: RegExp, signal: NodeJS.Signals): Watch {
  let isSent = false;
  return (child, stderr) => {
    if (isSent || !cue.test(stderr)) return;
    isSent = true;
    child.kill(signal);
  };
}

/** Starts `gdiff` where `$NAME` is `value`; the environment is the child's once this returns. */
export function gdiffWith(name: string, value: string, args: readonly string[]): Promise<Finished> {
  const before = process.env[name];
  process.env[name] = value;
  const running = gdiff(args);
  if (before === undefined) delete process.env[name];
  else process.env[name] = before;
  return running;
}

/** The first line of progress: training has begun. */
export const STEPPING: RegExp = /^[\d,]+\/[\d,]+ {2}/m;

/** What stderr says of errors; one line where all is well with the errors. */
export function errorLines({ stderr }: Finished): string[] {
  return stderr.split("\n").filter((line) => line.startsWith("gdiff: "));
}

/** Every file below a folder, by relative path, as hexadecimal text. */
export function filesBelow(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = readFileSync(path).toString("hex");
  }
  return files;
}

/** metrics.jsonl without what clocks gave. */
export function metrics(run: string): Record<string, unknown>[] {
  const lines = readFileSync(join(run, "metrics.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const { seconds, waitShare, makeSeconds, ...rest } = JSON.parse(line) as Record<
      string,
      unknown
    >;
    for (const clock of [seconds, waitShare, makeSeconds]) {
      if (typeof clock !== "number") throw new Error(`expected three times in ${line}`);
    }
    return rest;
  });
}

/** All that a run came to: the files of one checkpoint, and the log without its clock. */
export function outcomeOf(run: string, step: number): unknown {
  const checkpoint = filesBelow(join(run, `checkpoints/step-${step}`));
  if (Object.keys(checkpoint).length !== 7) throw new Error("expected seven files in a checkpoint");
  return { checkpoint, metrics: metrics(run) };
}
