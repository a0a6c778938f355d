/** How long after typing `gdiff pretrain --genome NAME` the first step is done, of a genome of GRCh38's size. */

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { packageRoot } from "../../src/util/package-root.ts";
import { PeerError } from "../versus/side.ts";
import type { DataBenchSettings } from "./arguments.ts";
import { grch38, makeHumanSize } from "./make-human-size.ts";
import { runToEnd } from "./programs.ts";
import { takeTurns } from "./rounds.ts";

const NAME = "human-size";
/** What is waited for beyond the built-in genome, whose start is that of program and model. */
const WANTED_SECONDS = 3;
const LOOK_EVERY_MS = 5;

export interface FirstStepResult {
  readonly measurement: "first-step";
  readonly rounds: number;
  /** Median seconds from the start of the process to its first line of metrics. */
  readonly rows: readonly { readonly genome: string; readonly seconds: number }[];
  readonly wantedSeconds: number;
}

export async function firstStep(
  { fasta, rounds }: DataBenchSettings,
  folder: string,
  notify: (line: string) => void,
): Promise<FirstStepResult> {
  const data = join(folder, "data");
  mkdirSync(data);
  const plain = join(data, `${NAME}.fa`);
  notify(`making ${plain}.gz`);
  await makeHumanSize(fasta, plain);
  await runToEnd("samtools", ["dict", "-o", join(folder, "dict"), plain]);
  await runToEnd("bgzip", ["-@2", "-l", "1", plain]);
  const manifest = join(folder, `${NAME}.json`);
  writeFileSync(manifest, JSON.stringify(await manifestOf(join(folder, "dict"))));
  const gdiff = (...args: readonly string[]) => startGdiff(data, args);
  for (const verb of [
    ["add", manifest],
    ["index", NAME],
    ["verify", NAME],
  ]) {
    notify(`gdiff data ${verb.join(" ")}`);
    await ended(gdiff("data", ...verb));
  }
  const contestants = [NAME, "demo"].map((genome) => ({
    name: genome,
    async run(round: number) {
      const out = join(folder, genome, String(round));
      mkdirSync(join(out, ".."), { recursive: true });
      const begun = performance.now();
      const child = gdiff("pretrain", "--genome", genome, "--steps", "1", "--out", out);
      const end = ended(child);
      await Promise.race([firstLine(join(out, "metrics.jsonl")), end]);
      const seconds = (performance.now() - begun) / 1000;
      await end;
      return seconds;
    },
  }));
  const timings = await takeTurns(contestants, rounds);
  const rows = timings.map(({ name, seconds }) => ({ genome: name, seconds }));
  return { measurement: "first-step", rounds, rows, wantedSeconds: WANTED_SECONDS };
}

/** The manifest of what was made: GRCh38's contigs and splits, with the MD5s that samtools found. */
async function manifestOf(dict: string): Promise<unknown> {
  const { contigs, splits } = await grch38();
  const found = new Map(
    [...readFileSync(dict, "utf8").matchAll(/\tSN:(\S+)\t.*\bM5:([0-9a-f]{32})/g)].map(
      ([, name, md5]) => [name, md5],
    ),
  );
  return {
    ...{ schema: 1, name: NAME, aliases: [], about: "made, of GRCh38's size", splits },
    flavours: { made: "real bases, repeated" },
    contigs: contigs.map((contig) => ({
      ...{ name: contig.name, aliases: {}, class: contig.class, lengthBases: contig.lengthBases },
      md5: { made: found.get(contig.name) },
    })),
  };
}

function startGdiff(data: string, args: readonly string[]) {
  const program = join(packageRoot(), "dist/src/cli/main.js");
  return spawn(process.execPath, [program, ...args], {
    stdio: "ignore",
    env: { ...process.env, GDIFF_DATA: data },
  });
}

function ended(child: ReturnType<typeof startGdiff>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const args = child.spawnargs.slice(2).join(" ");
      if (code === 0) resolve();
      else reject(new PeerError(`expected gdiff ${args} to end well, but it ended with ${code}`));
    });
  });
}

async function firstLine(path: string): Promise<void> {
  while ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) await sleep(LOOK_EVERY_MS);
}

/** The result as lines for people. */
export function formatFirstStep({ rounds, rows, wantedSeconds }: FirstStepResult): string[] {
  const lines = rows.map(({ genome, seconds }) => `${genome.padEnd(12)} ${seconds.toFixed(2)} s`);
  const [large, small] = rows.map(({ seconds }) => seconds);
  const more = (large ?? Number.NaN) - (small ?? Number.NaN);
  return [
    `gdiff pretrain --genome, from its start to the first step, median of ${rounds}`,
    ...lines,
    `the genome's share: ${more.toFixed(2)} s (wanted at most ${wantedSeconds})`,
  ];
}
