/** The comparison with PyTorch, on shapes too small to say anything of speed: both sides compute the same. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasTensorflow } from "../support/optional-backends.ts";
import { hasPythonModule, PYTHON } from "../support/oracles.ts";

const hasNvidiaGpu = existsSync("/proc/driver/nvidia/version");

const PROGRAM = join(import.meta.dirname, "../../dist/bench/run.js");
const SHAPE = "--width 16 --layers 2 --heads 2 --length 24 --batch 3 --steps 3 --warmup 1";

function bench(line: string): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, ...line.split(" "), ...SHAPE.split(" ")],
    { encoding: "utf8" },
  );
  return { code: status, stdout, stderr };
}

describe.runIf(hasPythonModule("torch"))("versus", () => {
  it.each([
    ["train-step", "fp32,bf16", 2],
    ["gemm", "numpy", 1],
    ["attention", "fp32", 1],
    ["ancestral", "fp32,bf16", 2],
  ])("%s computes what the peer computes, step for step", (name, modes, count) => {
    const flags = `--json --precision fp32 --python ${PYTHON} --peer-modes ${modes}`;
    const { code, stdout, stderr } = bench(`versus ${name} ${flags}`);
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    const { ours, peers, ratio, isVoid } = JSON.parse(stdout);
    expect([peers.length, isVoid]).toEqual([count, false]);
    expect(ratio).toBeGreaterThan(0);
    expect(ours.losses).toHaveLength(4);
    for (const { precision, largestDifference } of peers)
      expect(largestDifference).toBeLessThan(precision === "bf16" ? 2e-2 : 1e-5);
  });

  it.runIf(hasTensorflow)("train-step on tensorflow computes what PyTorch computes", () => {
    const flags = `--json --backend tensorflow --python ${PYTHON} --peer-modes fp32`;
    const { code, stdout, stderr } = bench(`versus train-step ${flags}`);
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    const { settings, peers, isVoid } = JSON.parse(stdout);
    expect([settings.backend, peers.length, isVoid]).toEqual(["tensorflow", 1, false]);
    expect(peers[0].largestDifference).toBeLessThan(1e-5);
  });

  it.runIf(!hasNvidiaGpu)("says that PyTorch sees no GPU where there is none", () => {
    const { code, stderr } = bench(
      `versus --backend wasm --python ${PYTHON} --peer-modes cuda-bf16`,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/expected a GPU that torch \S+ sees for mode cuda-bf16, got none/);
  });

  it("ancestral: gdiff computes the rows that change, the peer all until none does", () => {
    const calls = 200;
    const flags = `--json --precision fp32 --python ${PYTHON} --peer-modes fp32 --calls ${calls}`;
    const { ours, peers } = JSON.parse(bench(`versus ancestral ${flags}`).stdout);
    // A call changes nothing where none of `bases` falls into its share of time: T(1 − (1 − 1/T)^bases) that do.
    const expected = (bases: number): number => calls * (1 - (1 - 1 / calls) ** bases);
    const rows = [ours, ...peers].map(({ findings }) => findings.networkRowsPerSequence);
    expect(rows).toHaveLength(2);
    for (const [i, bases] of [24, 3 * 24].entries()) {
      // Of 12 sequences or 4 batches; the deviation of one is below √bases / 2 here.
      const allowed = (5 * Math.sqrt(bases)) / 2 / Math.sqrt(i === 0 ? 12 : 4);
      expect(Math.abs(rows[i] - expected(bases))).toBeLessThan(allowed);
    }
  });
});

it("says how to get a Python with PyTorch where there is none", () => {
  expect(bench("versus --python /none/python")).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "bench: E_PEER: expected /none/python to be a Python with torch and numpy, got spawnSync /none/python ENOENT. " +
      "Make one: python3 -m venv peer && peer/bin/pip install torch==2.13.0 numpy, " +
      "and name it: --python peer/bin/python, or GDIFF_ORACLE_PYTHON\n",
  });
});

it("reports a program under comparison that fails, with what it said", () => {
  const { code, stderr } = bench(`versus --backend wasm --precision bf16 --peer-modes numpy`);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^bench: E_PEER: expected gdiff to answer, but it ended with 1: [\s\S]*only native has bfloat16/,
    ),
  ]);
});
