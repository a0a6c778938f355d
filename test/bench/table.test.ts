import { describe, expect, it } from "vitest";
import { type BenchSettings, DEFAULT_SETTINGS } from "../../bench/settings.ts";
import { compare, type VersusResult } from "../../bench/versus/compare.ts";
import { formatTable } from "../../bench/versus/format.ts";
import { peerModesOf } from "../../bench/versus/peer-modes.ts";
import { runTable, TABLE } from "../../bench/versus/table.ts";
import type { runVersus, SideRun } from "../../bench/versus/versus.ts";

const SETTINGS: BenchSettings = { ...DEFAULT_SETTINGS, steps: 1, warmup: 0 };

/** gdiff takes 2 seconds, every peer 3, with `peerLoss` where gdiff has 1. */
function fakeVersus(peerLoss: number, asked: string[] = []): typeof runVersus {
  return async (workload, settings, { peerModes }): Promise<VersusResult> => {
    const side = (name: string, seconds: number, loss: number): SideRun => ({
      ...{
        name,
        who: name,
        precision: "fp32",
        threads: 2,
        peakRssMb: name === "gdiff" ? 300 : 200,
      },
      steps: [{ seconds, values: [loss] }],
      findings:
        name === "gdiff" && workload === "gemm"
          ? { shareOfCeiling: 0.6, shareOfRoofline: 0.6 }
          : {},
    });
    const modes = peerModesOf(workload, peerModes);
    const { length, batch, width, size, precision } = settings;
    asked.push(
      [workload, size ?? `${length}×${batch}×${width}`, precision ?? "", ...modes].join(" "),
    );
    return compare(workload, settings, [
      side("gdiff", 2, 1),
      ...modes.map((mode) => side(mode, 3, peerLoss)),
    ]);
  };
}

const run = (names: string[] | undefined, versus: typeof runVersus) =>
  runTable(SETTINGS, names, {}, () => {}, versus);

describe("the table", () => {
  it("has a row a shape, each with its own peers", async () => {
    const asked: string[] = [];
    await run(undefined, fakeVersus(1, asked));
    const all = "fp32 bf16 fp32-compiled bf16-compiled";
    expect(asked).toEqual([
      "gemm 1024 bf16",
      "gemm 2048 bf16",
      "gemm 1024×4×256 bf16",
      "gemm 1024 fp32 numpy",
      "gemm 2048 fp32 numpy",
      "gemm 1024×4×256 fp32 numpy",
      "attention 1024×4×256  fp32 bf16",
      "attention 4096×1×256  fp32 bf16",
      `train-step 1024×4×256  ${all}`,
      `train-step 4096×4×256  ${all}`,
      `train-step 1024×1×256  ${all}`,
      `train-step 1024×4×128  ${all}`,
      `ancestral 1024×16×256  ${all}`,
      `forward 1024×16×256  ${all}`,
    ]);
  });

  it("says what each number is against, and whether it is what was wanted", async () => {
    const names = [
      "bf16 product 1024",
      "fp32 product 1024",
      "train step 1024",
      "train step batch 1",
    ];
    expect(formatTable(await run(names, fakeVersus(1)))).toEqual([
      "row                                             against   ratio   wanted",
      "bf16 product 1024                      arithmetic alone    0.60    ≥ 0.5     met",
      "bf16 product 1024                          the roofline    0.60    ≥ 0.7   short",
      "fp32 product 1024              numpy's OpenBLAS (numpy)    1.50    ≥ 0.9     met",
      "train step 1024      the best of PyTorch's modes (fp32)    1.50      ≥ 2   short",
      "train step 1024          that mode's peak memory (fp32)    1.50      ≤ 1   short",
      "train step batch 1   the best of PyTorch's modes (fp32)    1.50    ≥ 1.5     met",
      "train step batch 1       that mode's peak memory (fp32)    1.50      ≤ 1   short",
    ]);
  });

  it("prints a row whose sides computed different things as void", async () => {
    const rows = await run(["sampler call"], fakeVersus(1.5));
    expect(rows).toMatchObject([{ name: "sampler call", isVoid: true, isMet: false }]);
    expect(formatTable(rows)[1]).toMatch(/VOID +≥ 2$/);
  });

  it("has names that are told apart", () => {
    expect(new Set(TABLE.map(({ name }) => name)).size).toBe(TABLE.length);
  });
});
