/** A FASTA of GRCh38's contig lengths, its longest contig on one line, read in one pass: how much memory that takes. */

import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { readKnownGenomes } from "../../src/data/manifests/node-known-genomes.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { packageRoot } from "../../src/util/package-root.ts";
import { PeerError } from "../versus/side.ts";
import type { DataBenchSettings } from "./arguments.ts";
import type { PassMemory } from "./human-size-pass.ts";
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
const LINE_BASES = 60;
/** Unknown bases at both ends of every contig, as in GRCh38. */
const END_UNKNOWN = 10_000;

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

async function makeHumanSize(fasta: string, path: string): Promise<void> {
  const known = await readKnownGenomes();
  const contigs = known.find(({ name }) => name === "GRCh38")?.contigs ?? [];
  const longest = Math.max(...contigs.map(({ lengthBases }) => lengthBases));
  const { genome } = await openGenome(fasta);
  const parts: Uint8Array[] = [];
  for (const { name, length } of genome.contigs) {
    parts.push(await genome.read({ contig: name, start: 0, end: length }));
  }
  await genome.close();
  const real = Buffer.concat(parts);
  const out = openSync(path, "w");
  for (const { name, lengthBases } of contigs) {
    writeSync(out, `>${name}\n`);
    const lineBases = lengthBases === longest ? lengthBases : LINE_BASES;
    writeContig(out, real, lengthBases, lineBases);
  }
  closeSync(out);
}

/** Real bases again and again, unknown ones at both ends. */
function writeContig(out: number, real: Uint8Array, length: number, lineBases: number): void {
  const known = length - 2 * END_UNKNOWN;
  const baseAt = (i: number): number =>
    i < END_UNKNOWN || i >= END_UNKNOWN + known ? 0x4e : (real[i % real.length] as number);
  const piece = new Uint8Array(2 ** 22);
  let filled = 0;
  const put = (byte: number): void => {
    piece[filled++] = byte;
    if (filled < piece.length) return;
    writeSync(out, piece);
    filled = 0;
  };
  for (let i = 0; i < length; i++) {
    put(baseAt(i));
    if ((i + 1) % lineBases === 0 || i + 1 === length) put(0x0a);
  }
  writeSync(out, piece.subarray(0, filled));
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
