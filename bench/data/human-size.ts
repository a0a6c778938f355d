/** A FASTA of GRCh38's contig lengths, its longest contig on one line, read in one pass: how much memory that takes. */

import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/util/package-root.ts";
import { PeerError } from "../versus/side.ts";
import type { DataBenchSettings } from "./arguments.ts";
import type { PassMemory } from "./human-size-pass.ts";
import { makeHumanSize } from "./make-human-size.ts";
import { runToEnd } from "./programs.ts";

export interface HumanSizeResult {
  readonly measurement: "human-size";
  readonly files: readonly ({ readonly fileBytes: number } & PassMemory)[];
  /** MiB, of the whole process at any time. */
  readonly wantedPeakMib: number;
  /** Whether samtools makes the same index. */
  readonly isSamtoolsIndex: boolean;
}

const WANTED_PEAK_MIB = 300;

export async function humanSize(
  { fasta, isBgzip }: DataBenchSettings,
  folder: string,
  notify: (line: string) => void,
): Promise<HumanSizeResult> {
  const plain = join(folder, "human-size.fa");
  notify(`making ${plain}`);
  await makeHumanSize(fasta, plain);
  notify("samtools faidx");
  await runToEnd("samtools", ["faidx", plain]);
  const fai = readFileSync(`${plain}.fai`, "utf8");
  if (isBgzip) {
    notify("bgzip");
    await runToEnd("bgzip", ["-@2", "-k", "-l", "1", plain]);
  }
  const files = [];
  let isSamtoolsIndex = true;
  for (const path of isBgzip ? [plain, `${plain}.gz`] : [plain]) {
    notify(`reading ${path}`);
    const { fai: found, ...memory } = await passInOwnProcess(path);
    isSamtoolsIndex &&= found === fai;
    files.push({ fileBytes: statSync(path).size, ...memory });
  }
  return { measurement: "human-size", files, wantedPeakMib: WANTED_PEAK_MIB, isSamtoolsIndex };
}

function passInOwnProcess(path: string): Promise<PassMemory & { readonly fai: string }> {
  const program = join(packageRoot(), "dist/bench/data/human-size-pass.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.on("data", (text: Buffer) => {
      printed += text.toString();
    });
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(printed));
      else reject(new PeerError(`expected the pass over ${path} to end well, but it did not`));
    });
  });
}

/** The result as lines for people: the curve in a few points. */
export function formatHumanSize(result: HumanSizeResult): string[] {
  return result.files.flatMap(({ fileBytes, textBytes, bases, seconds, peakMib, curve }) => [
    `${(fileBytes / 1e9).toFixed(3)} GB, ${(textBytes / 1e9).toFixed(3)} GB of text, ${bases} bases: ${seconds.toFixed(1)} s, peak ${peakMib.toFixed(0)} MiB (wanted at most ${result.wantedPeakMib})`,
    ...curve.map(([gigabytes, mib]) => `  ${gigabytes.toFixed(2)} GB  ${mib.toFixed(0)} MiB`),
  ]);
}
