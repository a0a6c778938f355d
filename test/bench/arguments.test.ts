import { describe, expect, it } from "vitest";
import { parseBenchArguments, USAGE } from "../../bench/arguments.ts";
import { runBench } from "../../bench/main.ts";
import { DEFAULT_SETTINGS } from "../../bench/settings.ts";

it("measures gdiff's default model without flags", () => {
  expect(parseBenchArguments(["train-step"])).toEqual({
    isJson: false,
    settings: DEFAULT_SETTINGS,
    command: "measure",
    workload: "train-step",
    isProfiled: false,
  });
});

it("reads every flag", () => {
  const shape =
    "--width 8 --layers 1 --heads 2 --length 16 --batch 3 --size 5 --calls 7 --steps 1 --warmup 0";
  const rest =
    "--threads 1 --backend wasm --precision fp32 --json --python p --peer-modes fp32,numpy";
  expect(parseBenchArguments(["versus", "gemm", ...`${shape} ${rest}`.split(" ")])).toEqual({
    isJson: true,
    settings: {
      ...{
        width: 8,
        layers: 1,
        heads: 2,
        length: 16,
        batch: 3,
        size: 5,
        calls: 7,
        steps: 1,
        warmup: 0,
      },
      ...{ threads: 1, backend: "wasm", precision: "fp32" },
    },
    command: "versus",
    workload: "gemm",
    versus: { python: "p", peerModes: ["fp32", "numpy"] },
  });
});

describe("refuses, with the usage and exit code 2,", () => {
  it.each([
    [
      "",
      "expected NAME to be one of train-step, forward, gemm, attention, sample, ancestral, versus, table, got none",
    ],
    [
      "train",
      "expected NAME to be one of train-step, forward, gemm, attention, sample, ancestral, versus, table, got train",
    ],
    ["gemm attention", "expected no argument after gemm, got attention"],
    ["versus gemm attention", "expected no argument after NAME, got attention"],
    [
      "versus conv",
      "expected the NAME after versus to be one of train-step, forward, gemm, attention, sample, ancestral, got conv",
    ],
    ["gemm --width 0", "expected --width to be a whole number from 1, got 0"],
    ["gemm --steps 1.5", "expected --steps to be a whole number from 1, got 1.5"],
    ["gemm --warmup few", "expected --warmup to be a whole number from 0, got few"],
    ["gemm --precision fp16", "expected --precision to be one of bf16, fp32, got fp16"],
    [
      "gemm --backend gpu",
      "expected --backend to be one of native, wasm, cpu, tensorflow, webgpu, got gpu",
    ],
    [
      "versus --peer-modes fp16",
      "expected --peer-modes to be one of fp32, bf16, fp32-compiled, bf16-compiled, numpy, " +
        "cuda-fp32, cuda-bf16, cuda-fp32-compiled, cuda-bf16-compiled, got fp16",
    ],
    [
      "gemm --backend wasm --precision bf16",
      "expected --precision fp32 with --backend wasm, got bf16: only native has bfloat16",
    ],
  ])("%s", async (line, message) => {
    expect(await run(line)).toEqual({
      code: 2,
      stdout: "",
      stderr: `bench: E_USAGE: ${message}\n\n${USAGE}`,
    });
  });

  it("an unknown flag", async () => {
    const { code, stderr } = await run("gemm --depth 3");
    expect([code, stderr]).toEqual([2, expect.stringContaining("Unknown option '--depth'")]);
    expect(stderr).toContain(USAGE);
  });

  it("a row that the table does not have", async () => {
    const { code, stderr } = await run("table --rows sampler");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/attention 1024, .*; got sampler\n/)]);
  });
});

it("refuses a width that its heads do not divide", async () => {
  expect(await run("forward --width 20 --heads 4")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("got width 20 and 4 heads"),
  });
});

async function run(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const out = { stdout: "", stderr: "" };
  const code = await runBench(line === "" ? [] : line.split(" "), {
    stdout: (text) => {
      out.stdout += text;
    },
    stderr: (text) => {
      out.stderr += text;
    },
  });
  return { code, ...out };
}
