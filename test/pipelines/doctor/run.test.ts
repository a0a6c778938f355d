import { cpus, totalmem } from "node:os";
import { expect, test } from "vitest";
import { readMachine } from "../../../pipelines/doctor/machine.ts";
import { type DoctorSummary, doctorPage, runDoctor } from "../../../pipelines/doctor/run.ts";

const summary: DoctorSummary = {
  gdiff: "1.2.3",
  node: "v20.19.0",
  platform: "linux x64",
  cpu: { model: "Some\u001b CPU", cores: 64, availableCores: 8, slurmCpusPerTask: "8" },
  gpus: [{ name: "NVIDIA H200", memory: "143771 MiB", driver: "550.54.15" }],
  memory: { totalBytes: 2 ** 38, freeBytes: 2 ** 37, limitBytes: 2 ** 35, heapLimitBytes: 2 ** 32 },
  backends: [
    { name: "native", isAvailable: false, reason: "no compiler was there" },
    { name: "wasm", isAvailable: true, reason: "XNNPACK", device: "CPU", details: ["a", "b"] },
    {
      ...{ name: "webgpu", isAvailable: true, reason: "H200 by Dawn", device: "H200" },
      speed: { gflops: 12_345.6, size: 2048, copyBytesPerSecond: 2 ** 31 },
    },
  ],
};

test("the page has one fact a line", () => {
  expect(doctorPage(summary)).toBe(`\
gdiff    1.2.3
node     v20.19.0, linux x64
cpu      Some\\x1b CPU, 64 cores, 8 for this process
slurm    SLURM_CPUS_PER_TASK 8
gpu      0: NVIDIA H200, 143771 MiB, driver 550.54.15
memory   256.0 GiB, 128.0 GiB free, limited to 32.0 GiB
heap     up to 4.0 GiB (NODE_OPTIONS=--max-old-space-size raises it)
backends
  native      no   no compiler was there
  wasm        yes  CPU: XNNPACK
                   a
                   b
  webgpu      yes  H200 by Dawn
                   12,346 GFLOP/s (product of 2048 × 2048), 2.0 GiB a second to it and back
`);
});

test("what is not there is left out of the summary and named on the page", () => {
  const { limitBytes: _limit, ...memory } = summary.memory;
  const { slurmCpusPerTask: _slurm, ...cpu } = summary.cpu;
  const { gpus: _gpus, ...others } = summary;
  const page = doctorPage({ ...others, memory, cpu });
  expect(page).toContain("gpu      no NVIDIA GPU (nvidia-smi does not answer)\n");
  expect(page).toContain("slurm    SLURM_CPUS_PER_TASK is not set\n");
  expect(page).toContain("memory   256.0 GiB, 128.0 GiB free\n");
});

test("the machine is this one", () => {
  expect(readMachine({ SLURM_CPUS_PER_TASK: "4" })).toMatchObject({
    node: process.version,
    cpu: { cores: cpus().length, slurmCpusPerTask: "4" },
    memory: { totalBytes: totalmem() },
  });
  expect(readMachine({}).cpu).not.toHaveProperty("slurmCpusPerTask");
});

test("prints the page of the summary that it returns", async () => {
  let printed = "";
  const stdout = async (text: string): Promise<void> => {
    printed += text;
  };
  const returned = await runDoctor({ quick: true }, { stdout });
  expect(printed).toBe(doctorPage(returned as DoctorSummary));
});

test("--explain prints a script and nothing else", async () => {
  let printed = "";
  const stdout = async (text: string): Promise<void> => {
    printed += text;
  };
  expect(await runDoctor({ quick: false, explain: "tensorflow" }, { stdout })).toEqual({
    script: printed,
  });
  expect(printed).toMatch(/^#!\/bin\/sh\n/);
});
