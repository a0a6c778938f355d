/** Training steps with batches made in between, and ahead in worker threads: from plain FASTA, bgzip and shards. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readMetrics } from "../../src/train/run-folder/read-metrics.ts";
import { packageRoot } from "../../src/util/package-root.ts";
import { median } from "../median.ts";
import type { DataBenchSettings } from "./arguments.ts";
import { makeText } from "./make-text.ts";
import { runToEnd } from "./programs.ts";
import { takeTurns } from "./rounds.ts";

const STEPS = 40;
/** Not counted: caches and code warm up. */
const FIRST_STEPS = 10;
const WORKERS = [0, 1, 2];
const LENGTH = ["--length", "1024"];
/** A small network, whose steps are short: what making a batch takes counts most there. */
const TRAIN = [
  ...["width=64", "layers=2", "heads=4"].flatMap((value) => ["--set", `model.${value}`]),
  ...["--batch-size", "8", "--accumulate", "1", "--steps", String(STEPS)],
  ...["--set", "train.validEvery=1000000", "--set", "train.validWindows=1"],
];

interface WorkersRow {
  readonly name: string;
  /** Median over rounds of the median step, milliseconds. */
  readonly stepMs: number;
  /** The same of the time that making its batch took in whichever thread, milliseconds. */
  readonly makeMs: number;
  /** The same of the share of the step that was waiting for its batch. */
  readonly waitShare: number;
}

export interface WorkersResult {
  readonly measurement: "workers";
  readonly rounds: number;
  readonly rows: readonly WorkersRow[];
}

export async function workers(
  { fasta, megabytes, rounds }: DataBenchSettings,
  folder: string,
): Promise<WorkersResult> {
  const plain = join(folder, "plain.fa");
  await makeText(fasta, plain, megabytes * 1e6);
  await runToEnd("bgzip", ["-@2", "-i", "-k", plain]);
  await runToEnd("samtools", ["faidx", plain]);
  await runToEnd("samtools", ["faidx", `${plain}.gz`]);
  const shards = join(folder, "shards");
  await gdiff("data", "prepare", "--fasta", plain, ...LENGTH, "--windows", "1000", "--out", shards);
  const sources = [
    { name: "plain", flags: ["--fasta", plain, ...LENGTH] },
    { name: "bgzip", flags: ["--fasta", `${plain}.gz`, ...LENGTH] },
    { name: "shards", flags: ["--shards", shards] },
  ];
  const steps = new Map<string, Step[]>();
  const contestants = sources.flatMap(({ name: source, flags }) =>
    WORKERS.map((count) => {
      const name = `${source}, ${count} workers`;
      steps.set(name, []);
      return {
        name,
        async run(round: number) {
          const out = join(folder, `${source}-${count}`, String(round));
          mkdirSync(join(out, ".."), { recursive: true });
          await gdiff("pretrain", ...flags, ...TRAIN, "--workers", String(count), "--out", out);
          const step = await medianStep(out);
          if (round > 0) steps.get(name)?.push(step);
          return step.stepMs / 1000;
        },
      };
    }),
  );
  const timings = await takeTurns(contestants, rounds);
  const rows = timings.map(({ name, seconds }) => {
    const all = steps.get(name) ?? [];
    return {
      name,
      stepMs: 1000 * seconds,
      makeMs: median(all.map(({ makeMs }) => makeMs)),
      waitShare: median(all.map(({ waitShare }) => waitShare)),
    };
  });
  return { measurement: "workers", rounds, rows };
}

/** The result as lines for people. */
export function formatWorkers({ rounds, rows }: WorkersResult): string[] {
  const lines = rows.map(
    ({ name, stepMs, makeMs, waitShare }) =>
      `${name.padEnd(20)} step ${stepMs.toFixed(1)} ms, waiting ${(100 * waitShare).toFixed(2)} %, making ${makeMs.toFixed(2)} ms`,
  );
  return [`training steps, median of ${rounds}`, ...lines];
}

type Step = Omit<WorkersRow, "name">;

async function medianStep(run: string): Promise<Step> {
  const records = await readMetrics(join(run, "metrics.jsonl"));
  const number = (record: Readonly<Record<string, unknown>>, key: string): number =>
    Number(record[key]);
  const counted = records.slice(FIRST_STEPS);
  return {
    stepMs: median(
      counted.map(
        (record, i) =>
          1000 *
          (number(record, "seconds") - number(records[FIRST_STEPS + i - 1] ?? record, "seconds")),
      ),
    ),
    makeMs: median(counted.map((record) => 1000 * number(record, "makeSeconds"))),
    waitShare: median(counted.map((record) => number(record, "waitShare"))),
  };
}

function gdiff(...args: readonly string[]): Promise<void> {
  const program = join(packageRoot(), "dist/src/cli/main.js");
  return runToEnd(process.execPath, [program, ...args], "ignore");
}
