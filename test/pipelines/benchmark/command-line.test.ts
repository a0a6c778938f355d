import { expect, test } from "vitest";
import { benchmarkCommandLine } from "../../../pipelines/benchmark/command-line.ts";
import {
  benchmarkConfig,
  benchmarkOptions,
  resolveBenchmark,
} from "../../../pipelines/benchmark/options.ts";
import { flattenOptions } from "../../../src/config/option-table.ts";
import { lineLayer } from "../support/line-layer.ts";

const OPTIONS = flattenOptions(benchmarkOptions);

test.each([
  [{}],
  [{ preset: "genomic-benchmarks-caduceus", seeds: 2 }],
  // Defaults, which this preset is not.
  [{ preset: "genomic-benchmarks-caduceus", train: { patience: 5, clip: 1 }, batch: [64] }],
  [{ lr: [1e-3, 2e-4], batch: [8], models: ["kmer6", "cnn"], data: { groups: "overlap" } }],
  [
    {
      train: { clip: null, patience: null, epochs: 3, warmup: 0.2 },
      model: { width: 16, heads: 2 },
    },
  ],
] as const)("a command that makes the same configuration of %o", async (part) => {
  const config = await benchmarkConfig({ sets: ["cohn", "/a/b.csv"], out: "/tmp/o", ...part });
  const line = await benchmarkCommandLine(config);
  expect(await resolveBenchmark([lineLayer(line, "benchmark", OPTIONS)])).toEqual(config);
});

test("what the preset says is not written out", async () => {
  const preset = "genomic-benchmarks-caduceus";
  const config = await benchmarkConfig({ sets: ["cohn"], preset, out: "/tmp/o" });
  expect(await benchmarkCommandLine(config)).toBe(
    `gdiff benchmark --preset ${preset} --sets cohn --out /tmp/o`,
  );
});
