import { describe, expect, test } from "vitest";
import { describeNative } from "../../../src/backends/native/describe.ts";
import { ConfigError } from "../../../src/errors.ts";
import { applySettings, instructionSetFor, threadsFor } from "../../../src/util/addon/settings.ts";
import { binding } from "./support.ts";

describe("threadsFor", () => {
  test.each([
    [{}, 8],
    [{ GDIFF_THREADS: "3" }, 3],
    [{ SLURM_CPUS_PER_TASK: "2" }, 2],
    [{ GDIFF_THREADS: "4", SLURM_CPUS_PER_TASK: "2" }, 4],
    [{ GDIFF_THREADS: "", SLURM_CPUS_PER_TASK: "2" }, 2],
    [{ GDIFF_THREADS: "64" }, 8],
  ])("%j on eight processors: %i", (env, threads) => {
    expect(threadsFor(env, 8)).toBe(threads);
  });

  test.each(["0", "-1", "two", "1.5", " 2", "1e3", "9999999"])("refuses %j", (value) => {
    expect(() => threadsFor({ GDIFF_THREADS: value }, 8)).toThrow(
      new ConfigError(
        `expected GDIFF_THREADS to be a positive integer, got "${value}" (unset it to use every processor)`,
      ),
    );
  });

  test("names the variable that it read", () => {
    expect(() => threadsFor({ SLURM_CPUS_PER_TASK: "x" }, 8)).toThrow(
      'expected SLURM_CPUS_PER_TASK to be a positive integer, got "x"',
    );
  });
});

describe("instructionSetFor", () => {
  const sets = [
    { name: "amx", runsHere: false },
    { name: "avx2", runsHere: true },
    { name: "portable", runsHere: true },
  ];

  test("is the one asked for, or none", () => {
    expect(instructionSetFor({ GDIFF_ISA: "portable" }, sets)).toBe("portable");
    expect(instructionSetFor({}, sets)).toBeUndefined();
    expect(instructionSetFor({ GDIFF_ISA: "" }, sets)).toBeUndefined();
  });

  test("refuses one that was not compiled, and one that the processor lacks", () => {
    expect(() => instructionSetFor({ GDIFF_ISA: "sse9" }, sets)).toThrow(
      new ConfigError(
        'expected GDIFF_ISA to be one of amx, avx2, portable, got "sse9" (unset it to take the best)',
      ),
    );
    expect(() => instructionSetFor({ GDIFF_ISA: "amx" }, sets)).toThrow(
      new ConfigError(
        'expected GDIFF_ISA to be one that this processor has, one of avx2, portable, got "amx" (unset it to take the best)',
      ),
    );
  });
});

test("applySettings sets both, for the process", () => {
  const before = { set: binding.getInstructionSet(), threads: binding.getThreads() };
  applySettings(binding, { GDIFF_THREADS: "1", GDIFF_ISA: "portable" });
  expect([binding.getThreads(), binding.getInstructionSet()]).toEqual([1, "portable"]);
  applySettings(binding, { GDIFF_ISA: before.set });
  expect(binding.getInstructionSet()).toBe(before.set);
  binding.setThreads(before.threads);
});

test("the add-on itself refuses a set that it does not know", () => {
  expect(() => binding.setInstructionSet("sse9")).toThrow(
    /^expected an instruction set, one of .*portable, got sse9$/,
  );
});

describe("describeNative", () => {
  const on = (set: string, threads: number, hasBf16: boolean) => ({
    getInstructionSet: () => set,
    getThreads: () => threads,
    hasBf16: () => hasBf16,
  });

  test("is one clause", () => {
    expect(describeNative(on("avx512bf16", 2, true), "bf16")).toBe(
      "AVX-512 with bfloat16, 2 threads, bf16 products",
    );
    expect(describeNative(on("amx", 2, true), "fp32")).toBe(
      "AMX with bfloat16, 2 threads, fp32 products",
    );
    expect(describeNative(on("avx2", 1, false), "bf16")).toBe(
      "AVX2, 1 thread, bf16 products (emulated: fp32 is faster on this processor)",
    );
  });
});
