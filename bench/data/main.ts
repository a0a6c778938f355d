/** Reads the command line, measures in a folder of its own, prints. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchIo } from "../main.ts";
import { type DataBenchSettings, parseDataArguments } from "./arguments.ts";
import { contigFacts } from "./contig-facts.ts";
import { fastaPass } from "./fasta-pass.ts";
import { firstStep, formatFirstStep } from "./first-step.ts";
import { formatHumanSize, humanSize } from "./human-size.ts";
import { formatDataBench } from "./result.ts";
import { windows } from "./windows.ts";
import { formatWorkers, workers } from "./workers.ts";

export async function runDataBench(argv: readonly string[], io: BenchIo): Promise<void> {
  const settings = parseDataArguments(argv);
  const folder = mkdtempSync(join(settings.folder ?? tmpdir(), "gdiff-bench-"));
  try {
    const { result, lines } = await measureData(settings, folder, (line) => io.stderr(`${line}\n`));
    io.stdout(settings.isJson ? `${JSON.stringify(result)}\n` : `${lines.join("\n")}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly result: unknown;
  readonly lines: readonly string[];
}

async function measureData(
  settings: DataBenchSettings,
  folder: string,
  notify: (line: string) => void,
): Promise<Measured> {
  switch (settings.name) {
    case "fasta-pass": {
      const result = await fastaPass(settings, folder);
      return { result, lines: formatDataBench(result) };
    }
    case "contig-facts": {
      const result = await contigFacts(settings, folder);
      return { result, lines: formatDataBench(result) };
    }
    case "windows": {
      const result = await windows(settings, folder);
      return { result, lines: formatDataBench(result) };
    }
    case "human-size": {
      const result = await humanSize(settings, folder, notify);
      return { result, lines: formatHumanSize(result) };
    }
    case "first-step": {
      const result = await firstStep(settings, folder, notify);
      return { result, lines: formatFirstStep(result) };
    }
    case "workers": {
      const result = await workers(settings, folder);
      return { result, lines: formatWorkers(result) };
    }
    default:
      return settings.name satisfies never;
  }
}
