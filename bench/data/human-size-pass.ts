/** One pass over a file in a process of its own, its memory on the way: human-size-pass.js FILE. */

import { pathToFileURL } from "node:url";
import { formatFai } from "../../src/genome/fai.ts";
import { passOver } from "./pass.ts";

export interface PassMemory {
  readonly textBytes: number;
  readonly bases: number;
  readonly seconds: number;
  /** Most memory that the process held, MiB. */
  readonly peakMib: number;
  /** Gigabytes of text read, and MiB of memory held then. */
  readonly curve: readonly (readonly [gigabytes: number, mib: number])[];
}

/** Text between two looks at the memory. */
const SAMPLE_BYTES = 2 ** 27;

async function main(path: string): Promise<void> {
  const curve: [number, number][] = [];
  const begun = performance.now();
  const { textBytes, bases, records } = await passOver(path, (bytes) => {
    if (bytes < curve.length * SAMPLE_BYTES) return;
    curve.push([bytes / 1e9, process.memoryUsage.rss() / 2 ** 20]);
  });
  const seconds = (performance.now() - begun) / 1000;
  const peakMib = process.resourceUsage().maxRSS / 1024;
  const memory: PassMemory = { textBytes, bases, seconds, peakMib, curve };
  process.stdout.write(JSON.stringify({ ...memory, fai: formatFai(records) }));
}

const [, program = "", path = ""] = process.argv;
if (import.meta.url === pathToFileURL(program).href) await main(path);
