import { describe, expect, it } from "vitest";
import { runBench } from "../../bench/main.ts";
import { measure } from "../../bench/measure.ts";
import {
  BENCH_BACKENDS,
  type BenchSettings,
  DEFAULT_SETTINGS,
  WORKLOAD_NAMES,
} from "../../bench/settings.ts";
import { batchOf, modelInputs, weightsOf } from "../../bench/workloads/model-inputs.ts";
import { naiveDenoiser } from "../naive/denoiser.ts";
import { naiveMaskedCrossEntropy } from "../naive/masked-cross-entropy.ts";
import { ALL_BACKENDS } from "../support/backend.ts";

const TINY: BenchSettings = {
  ...DEFAULT_SETTINGS,
  ...{ width: 16, layers: 2, heads: 2, length: 24, batch: 3, steps: 2, warmup: 1 },
  precision: "fp32",
};

/** What PyTorch's own program prints, then what only gdiff does. */
const KEYS = [
  ...["who", "width", "layers", "heads", "length", "batch", "steps", "warmup", "threads"],
  ...["precision", "mode", "compile", "secondsPerStep", "tokensPerSecond", "value", "parameters"],
  ...["peakRssMb", "backend", "gflops", "findings"],
];

/** The loss of batch `index` under the first weights, in float64. */
async function naiveLoss(index: number): Promise<number> {
  const inputs = await modelInputs(TINY);
  const weights = Object.entries(weightsOf(inputs)).map(([name, { data }]) => [name, data]);
  const { xt, x0, weight, bases } = batchOf(inputs, index);
  const logits = naiveDenoiser(Object.fromEntries(weights), xt, TINY);
  return naiveMaskedCrossEntropy(logits, x0, weight) / bases;
}

it("profiles the kernels of a step on native", async () => {
  const { result, kernels } = await measure("forward", { ...TINY, backend: "native" });
  const findings = Object.keys(result.findings);
  expect(findings).toEqual(["javaScriptKernelsPerStep", "freshBlocksPerStep", "peakTensorMb"]);
  const attention = kernels.find(({ name }) => name.includes("Attention"));
  expect(attention).toMatchObject({ calls: TINY.layers, isJavaScript: false });
  expect(attention?.milliseconds).toBeGreaterThan(0);
  const slow = kernels.filter(({ isJavaScript }) => isJavaScript);
  const calls = slow.reduce((sum, each) => sum + each.calls, 0);
  expect(result.findings.javaScriptKernelsPerStep).toBeCloseTo(calls, 9);
  const times = kernels.map(({ milliseconds }) => milliseconds);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
});

/** A processor that plays a GPU would take minutes; its arithmetic is tested by itself. */
const MEASURED = BENCH_BACKENDS.filter((name) => name !== "webgpu" && ALL_BACKENDS.includes(name));

describe.each(MEASURED)("on %s", (backend) => {
  const settings = { ...TINY, backend };

  it("a sampler call has the loss of the naive network at every step", async () => {
    const { values } = await measure("forward", settings);
    for (const [index, [value]] of values.entries())
      expect(value).toBeCloseTo(await naiveLoss(index), 5);
  });

  it("a training step begins at that loss, then learns as the plain backend does", async () => {
    const { result, values } = await measure("train-step", settings);
    const losses = values.map(([value]) => value as number);
    expect(losses[0]).toBeCloseTo(await naiveLoss(0), 5);
    const plain = await measure("train-step", { ...settings, backend: "cpu" });
    for (const [index, [value]] of plain.values.entries())
      expect(losses[index]).toBeCloseTo(value as number, 4);
    expect(result.value).toBe(losses.at(-1));
    expect(losses[1]).not.toBeCloseTo(await naiveLoss(1), 5); // the weights have moved
  });

  it.each(WORKLOAD_NAMES)("%s prints one JSON line with every key", async (name) => {
    const lines: string[] = [];
    const flags = ["width", "layers", "heads", "length", "batch", "steps", "warmup"] as const;
    const shape = flags.flatMap((flag) => [`--${flag}`, String(TINY[flag])]);
    const args = [name, "--json", "--precision", "fp32", "--backend", backend, ...shape];
    const io = {
      stdout: (text: string) => void lines.push(text),
      stderr: (text: string) => void lines.push(text),
    };
    expect(await runBench(args, io)).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^\{.*\}\n$/)]);
    const result = JSON.parse(lines[0] ?? "");
    const known = backend === "native" ? [...KEYS, "instructionSet"] : KEYS;
    expect(Object.keys(result).sort()).toEqual(known.toSorted());
    expect(result).toMatchObject({ width: 16, length: 24, batch: 3, precision: "fp32", backend });
    expect(result.tokensPerSecond).toBeCloseTo(72 / result.secondsPerStep, 5);
    expect(result.value).toBeGreaterThan(0);
  });
});
