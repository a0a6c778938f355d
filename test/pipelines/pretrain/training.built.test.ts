import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { decodeSafetensors } from "../../../src/tensor/safetensors.ts";
import {
  errorLines,
  filesBelow,
  gdiff,
  NETWORK,
  pretrain,
  TINY,
  testFolder,
} from "../support/tiny-run.ts";

const folder = testFolder();
const DEMO = ["--genome", "demo"];
const first = join(folder, "first");

/** Operations of a step: three passes of two a multiply-add, in the matrices and in attention. */
const FLOPS = 3 * 2 * 128 * (12 * 16 ** 2 + 4 * 16 + 2 * 16 * 32);
const COST = {
  backend: expect.any(String),
  precision: expect.stringMatching(/^(bf16|fp32)$/),
  parameters: 3364,
  windowsPerStep: 4,
  tokensPerStep: 128,
  windowsPerEpoch: 31_250,
  flopsPerStep: FLOPS,
  memoryBytes: expect.any(Number),
  secondsPerStep: expect.any(Number),
};

beforeAll(async () => {
  const made = await pretrain([...DEMO, "--steps", "3", "--lr", "1e-2", "--out", first]);
  expect(made.code).toBe(0);
});

describe("--dry-run", () => {
  test.concurrent("says what a run would cost, and writes nothing", async () => {
    const empty = mkdtempSync(join(folder, "dry-"));
    const args = [...TINY, ...DEMO, "--steps", "1000", "--dry-run"];
    const { code, stdout, stderr } = await gdiff(["pretrain", ...args], undefined, empty);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^backend \w+ \(auto\): /),
      "model nano: 1 layer of width 16, 3,364 parameters",
      expect.stringMatching(
        /^each step: 128 tokens \(4 windows of 32 bases\), \d\.\d+ GFLOP, at most about [\d.]+ [KM]iB of memory$/,
      ),
      expect.stringMatching(
        /^1,000 steps to go: 128,000 tokens, 0\.128 epochs of 31,250 windows, \d\.\d+ TFLOP, about \d+[ms\d]* on this machine$/,
      ),
    ]);
    expect(readdirSync(empty)).toEqual([]);
  });

  test.concurrent("--json says it as one line, without a run", async () => {
    const args = [...DEMO, "--steps", "1000", "--dry-run", "--json"];
    const { code, stdout } = await pretrain(args);
    expect([code, JSON.parse(stdout)]).toEqual([0, { ...COST, step: 0, steps: 1000 }]);
  });

  test.concurrent.each([
    // 4 · length · (152 · 16 + 10 · length) bytes a window: width 16, two heads, one block
    [["65536", "32"], "21.5 GiB: use --batch-size 6096 with a larger --accumulate"],
    [["1", "16384"], "10.1 GiB: use a smaller --length or model"],
  ])(
    "refuses what a WebAssembly heap cannot hold: batch size, length %j",
    async (shape, remedy) => {
      const [batch = "", length = ""] = shape;
      const refused = await gdiff([
        ...["pretrain", ...NETWORK, "--batch-size", batch, "--length", length],
        ...[...DEMO, "--backend", "wasm", "--dry-run"],
      ]);
      expect([refused.code, errorLines(refused)]).toEqual([
        1,
        [
          `gdiff: E_BACKEND: expected a step within the 4.0 GiB that backend wasm can hold, got about ${remedy}`,
        ],
      ]);
    },
  );
});

describe("without --out", () => {
  test.concurrent("runs are numbered below runs/, after the highest", async () => {
    const here = mkdtempSync(join(folder, "numbered-"));
    cpSync(first, join(here, "runs/demo-nano-7"), { recursive: true });
    const args = ["pretrain", ...TINY, ...DEMO, "--steps", "1"];
    expect(await gdiff(args, undefined, here)).toMatchObject({ code: 0 });
    expect(readdirSync(join(here, "runs")).sort()).toEqual(["demo-nano-7", "demo-nano-8"]);
  });

  test.concurrent("runs that begin at once have folders of their own", async () => {
    const here = mkdtempSync(join(folder, "claimed-"));
    const args = ["pretrain", ...TINY, ...DEMO, "--steps", "1"];
    const both = await Promise.all([gdiff(args, undefined, here), gdiff(args, undefined, here)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(readdirSync(join(here, "runs")).sort()).toEqual(["demo-nano-1", "demo-nano-2"]);
  });

  test.concurrent("a file named runs is refused", async () => {
    const here = mkdtempSync(join(folder, "taken-"));
    writeFileSync(join(here, "runs"), "");
    const args = ["pretrain", ...TINY, ...DEMO, "--steps", "1"];
    const refused = await gdiff(args, undefined, here);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        "gdiff: E_RUN: expected a folder at runs, got a file there or on the way to it: give another --out",
      ],
    ]);
  });
});

test.concurrent("--json gives the summary as one line of stdout", async () => {
  const run = join(folder, "json");
  const { code, stdout } = await pretrain([...DEMO, "--steps", "2", "--out", run, "--json"]);
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      ...COST,
      steps: 2,
      run,
      step: 2,
      lossBits: expect.any(Number),
      validBits: expect.any(Number),
      waitShare: expect.any(Number),
      checkpoint: join(run, "checkpoints/step-2"),
    },
  ]);
  expect(stdout.indexOf("\n")).toBe(stdout.length - 1);
});

describe("a loss that is not finite", () => {
  test.concurrent("ends the run, keeps its batch, and leaves the checkpoint before it", async () => {
    const run = join(folder, "absurd");
    const args = [...DEMO, "--lr", "1e17", "--steps", "20", "--set", "train.saveEvery=1"];
    const failed = await pretrain([...args, "--out", run]);
    const [line] = errorLines(failed);
    const step = Number(/at step (\d+), /.exec(line ?? "")?.[1]);
    const batch = `failed-step-${step}.json`;
    expect([failed.code, failed.stdout]).toEqual([1, ""]);
    expect(line).toMatch(
      new RegExp(
        `^gdiff: E_TRAINING: expected a finite loss and gradient norm at step ${step}, got loss \\S+ and gradient norm \\S+: ` +
          `lower --lr \\(\\S+ at this step\\) or lengthen the warm-up, and go on from the last checkpoint with --resume; its batch is in ${run}/${batch}$`,
      ),
    );
    expect(readdirSync(run).sort()).toEqual(["checkpoints", "config.yaml", batch, "metrics.jsonl"]);

    const { rows, ...rest } = JSON.parse(readFileSync(join(run, batch), "utf8"));
    expect(rest).toEqual({ step });
    expect(rows.map(({ index }: { index: number }) => index)).toEqual(
      [0, 1, 2, 3].map((row) => 4 * (step - 1) + row),
    );
    for (const { clean, noisy, weight } of rows) {
      expect(clean).toMatch(/^[ACGTN]{32}$/);
      expect(noisy).toMatch(/\?/);
      expect([...noisy].every((letter, i) => letter === "?" || letter === clean[i])).toBe(true);
      expect(weight).toBeGreaterThan(0);
    }

    const before = filesBelow(join(run, `checkpoints/step-${step - 1}`));
    const tame = ["--lr", "1e-3", "--steps", String(step - 1), "--resume", "--out", run];
    expect(await pretrain(tame)).toMatchObject({ code: 0 });
    expect(filesBelow(join(run, `checkpoints/step-${step - 1}`))).toEqual(before);
  });

  test.concurrent("nor is an update that overflows made", async () => {
    const run = join(folder, "overflow");
    const args = [
      ...DEMO,
      "--lr",
      "3e38",
      "--steps",
      "2",
      "--set",
      "train.warmup=0",
      "--set",
      "train.saveEvery=1",
    ];
    const failed = await pretrain([...args, "--out", run]);
    expect([failed.code, errorLines(failed)]).toEqual([
      1,
      [
        "gdiff: E_TRAINING: expected a finite parameter norm at step 1, got parameter norm Infinity: lower --lr (3e+38 at this step) or lengthen the warm-up, " +
          `and go on from the last checkpoint with --resume; its batch is in ${run}/failed-step-1.json`,
      ],
    ]);
    expect(readdirSync(run)).not.toContain("checkpoints");
  });
});

describe("--init", () => {
  const emaOf = (run: string, step: number): Uint8Array =>
    readFileSync(join(run, `checkpoints/step-${step}/ema.safetensors`));

  test.concurrent("starts from the averaged weights of the other run", async () => {
    const run = join(folder, "second");
    // A learning rate of almost nothing leaves the weights where they start.
    const args = ["--steps", "1", "--lr", "1e-30", "--seed", "5", "--init", first, "--out", run];
    expect(await pretrain([...DEMO, ...args])).toMatchObject({ code: 0 });
    const given = decodeSafetensors(emaOf(first, 3), "first").arrays;
    const model = readFileSync(join(run, "checkpoints/step-1/model.safetensors"));
    expect(decodeSafetensors(model, "second").arrays).toEqual(given);
  });

  test.concurrent("its run can be resumed when the other is gone", async () => {
    const other = join(folder, "gone");
    const run = join(folder, "third");
    cpSync(first, other, { recursive: true });
    const args = [...DEMO, "--init", other, "--out", run];
    expect(await pretrain([...args, "--steps", "1"])).toMatchObject({ code: 0 });
    rmSync(other, { recursive: true });
    const resumed = await gdiff(["pretrain", "--resume", "--steps", "2", "--out", run]);
    expect(resumed.code).toBe(0);
  });

  test.concurrent("refuses weights of another width, and makes no folder", async () => {
    const run = join(folder, "wide");
    const model = ["--set", "model.width=32", "--set", "model.layers=1", "--set", "model.heads=2"];
    const refused = await gdiff([
      ...["pretrain", ...DEMO, ...model, "--length", "32", "--steps", "1"],
      ...["--init", first, "--out", run],
    ]);
    expect([refused.code, errorLines(refused)]).toEqual([
      2,
      [
        `gdiff: E_CONFIG: the weights of ${first}/checkpoints/step-3 are another network's: model.width: expected 16, got 32 ` +
          "(set the model as it was when they were trained)",
      ],
    ]);
    expect(existsSync(run)).toBe(false);
  });

  test.concurrent("refuses a folder that is no run", async () => {
    const run = join(folder, "orphan");
    const args = [...DEMO, "--steps", "1", "--init", folder, "--out", run];
    const refused = await pretrain(args);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_RUN: expected a run folder, got ${folder} without config.yaml: give the folder that gdiff pretrain printed`,
      ],
    ]);
    expect(existsSync(run)).toBe(false);
  });
});
