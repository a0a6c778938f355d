import { expect, test } from "vitest";
import { benchmarkCommandLine } from "../../../pipelines/benchmark/command-line.ts";
import {
  benchmarkConfig,
  benchmarkOptions,
  resolveBenchmark,
} from "../../../pipelines/benchmark/options.ts";
import { commandLineLayer } from "../../../src/config/command-line-layer.ts";
import { flattenOptions } from "../../../src/config/option-table.ts";

/** The configuration of a command line of flags and --set, none with blanks. */
async function configOf(line: string) {
  const [program, command, ...words] = line.split(" ");
  expect([program, command]).toEqual(["gdiff", "benchmark"]);
  const flags = new Map<string, readonly string[]>();
  const assignments: string[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [flag, value] = [words[i] as string, words[i + 1] as string];
    if (flag === "--set") assignments.push(value);
    else flags.set(flag, [value]);
  }
  return resolveBenchmark([commandLineLayer(flags, assignments, flattenOptions(benchmarkOptions))]);
}

test.each([
  [{}],
  [{ preset: "genomic-benchmarks-caduceus", seeds: 2 }],
  [{ lr: [1e-3, 2e-4], batch: [8], models: ["kmer6", "cnn"], data: { groups: "overlap" } }],
  [
    {
      train: { clip: null, patience: null, epochs: 3, warmup: 0.2 },
      model: { width: 16, heads: 2 },
    },
  ],
] as const)("a command that makes the same configuration of %o", async (part) => {
  const config = await benchmarkConfig({ sets: ["cohn", "/a/b.csv"], out: "/tmp/o", ...part });
  expect(await configOf(benchmarkCommandLine(config))).toEqual(config);
});
