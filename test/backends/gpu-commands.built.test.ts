/** The commands on TensorFlow and on WebGPU, in processes of their own, as users run them. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { DemoSummary } from "../../pipelines/demo/run.ts";
import { GDIFF, runProgram } from "../cli/spawn-program.ts";
import { hasTensorflow, hasWebGpu, webGpuEnvironment } from "../support/optional-backends.ts";

const folder = mkdtempSync(join(tmpdir(), "gdiff-gpu-"));

describe.skipIf(!hasTensorflow)("gdiff demo on tensorflow", () => {
  it("learns the built-in genome as 24 seeds did elsewhere", { timeout: 600_000 }, async () => {
    const out = join(folder, "demo");
    const args = ["demo", "--backend", "tensorflow", "--out", out];
    const { code, stderr } = await runProgram(GDIFF, args);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^backend tensorflow \(asked for\): TensorFlow \d/m);
    const { modelBits }: DemoSummary = JSON.parse(readFileSync(join(out, "demo.json"), "utf8"));
    // Rounding alone moves one seed by 0.03 bits: bench/LOG.md has 1.752 ± 0.003 over 24 seeds, and the order-0 model 1.96.
    expect(Math.abs(modelBits - 1.752)).toBeLessThan(0.04);
  });
});

describe.skipIf(!hasWebGpu)("gdiff pretrain and generate on webgpu", () => {
  const run = join(folder, "webgpu");
  const tiny = [
    ...["--genome", "demo", "--length", "16", "--batch-size", "1", "--accumulate", "1"],
    ...["--set", "model.width=8", "--set", "model.layers=1", "--set", "model.heads=1"],
    ...["--set", "train.validWindows=1", "--steps", "2"],
  ];

  beforeAll(() => {
    Object.assign(process.env, webGpuEnvironment);
  });

  it("end by themselves, leave a checkpoint and DNA, and say on which device", async () => {
    const args = ["pretrain", ...tiny, "--backend", "webgpu", "--out", run];
    const trained = await runProgram(GDIFF, args);
    expect(trained.code, trained.stderr).toBe(0);
    expect(trained.stderr).toMatch(/^backend webgpu \(asked for\): .+, by webgpu \d/m);
    const state = JSON.parse(readFileSync(join(run, "checkpoints/step-2/state.json"), "utf8"));
    expect(JSON.stringify(state)).toContain('"backend":"webgpu"');

    const made = await runProgram(GDIFF, [
      "generate",
      run,
      "--backend",
      "webgpu",
      "--count",
      "1",
      "--calls",
      "2",
    ]);
    expect(made.code, made.stderr).toBe(0);
    expect(made.stdout).toMatch(/^>.+\n[ACGT]{16}\n$/);
  }, 240_000);

  it("let a program that asks nothing more end by itself", () => {
    const library = pathToFileURL(join(import.meta.dirname, "../../dist/src/index.js"));
    const program = `const { selectBackend } = await import("${library}");
      console.log((await selectBackend("webgpu")).name);`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", program],
      { encoding: "utf8", timeout: 60_000 },
    );
    expect([status, stdout], stderr).toEqual([0, "webgpu\n"]);
  });

  it("are measured by the doctor, who says that auto leaves the device aside", async () => {
    const { code, stdout } = await runProgram(GDIFF, ["doctor"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ {2}webgpu {6}yes {2}.+, by webgpu .+\n +[\d.]+ GFLOP\/s .+\n(.*\n)* +auto leaves it aside: no GPU$/m,
    );
  });

  it("are left aside by auto where a processor plays the GPU", async () => {
    const args = ["pretrain", ...tiny, "--out", join(folder, "auto"), "--dry-run"];
    const { code, stderr } = await runProgram(GDIFF, args);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(
      /^backend (native|wasm) \(auto\): .+; passed over: .*webgpu \(.+: no GPU\)/m,
    );
  });
});
