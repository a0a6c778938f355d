/** Pretraining on labelled sequences: a network that is told their classes needs fewer bits than any that is not. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readRunConfig } from "../../../pipelines/pretrain/options.ts";
import { plantedRows, writePlanted } from "../support/planted-set.ts";
import {
  errorLines,
  gdiff,
  metrics,
  NETWORK,
  outcomeOf,
  STEPPING,
  signalAt,
  testFolder,
} from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const ROWS = inFolder("rows.csv");
const LENGTH = 20;
const STEPS = 200;
const TRAINING = [
  ...["--steps", String(STEPS), "--length", String(LENGTH), "--batch-size", "32", "--lr", "0.02"],
  ...["--accumulate", "1", "--warmup", "5"],
  ...["train.emaDecay=0.9", "train.validWindows=800", "train.validEvery=100"].flatMap((value) => [
    "--set",
    value,
  ]),
];
const labelled = (args: readonly string[], watch?: Parameters<typeof gdiff>[1]) =>
  gdiff(["pretrain", ...NETWORK, "--labels", ROWS, ...TRAINING, ...args], watch);

/** Bits per base of the best prediction of planted windows, three letters in four from the class's pair: told it, and not. */
function bestBits(): { told: number; untold: number } {
  const share = 0.75;
  const told = 1 - share * Math.log2(share) - (1 - share) * Math.log2(1 - share);
  let untold = 0;
  let choose = 1; // LENGTH over k
  for (let k = 0; k <= LENGTH; k++) {
    const p =
      (share ** k * (1 - share) ** (LENGTH - k) + share ** (LENGTH - k) * (1 - share) ** k) / 2;
    untold -= choose * p * Math.log2(p * 0.5 ** LENGTH); // of each letter's pair, one in two
    choose = (choose * (LENGTH - k)) / (k + 1);
  }
  return { told, untold: untold / LENGTH };
}

beforeAll(async () => {
  writePlanted(ROWS, plantedRows(8000, 1));
  expect(await labelled(["--out", inFolder("whole")])).toMatchObject({ code: 0 });
});

describe("a run on labelled sequences", () => {
  test("says less than is possible without the classes, and no less than with them", () => {
    const { validBits, validStandardError } = metrics(inFolder("whole")).at(-1) as {
      validBits: number;
      validStandardError: number;
    };
    const { told, untold } = bestBits();
    expect(untold - told).toBeGreaterThan(0.03);
    expect(validBits).toBeLessThan(untold - 3 * validStandardError);
    expect(validBits).toBeGreaterThan(told - 4 * validStandardError);
  });

  test("remembers its classes, which are the data's", async () => {
    const { model, labelled } = await readRunConfig(inFolder("whole"));
    expect([model.classes, labelled.labels]).toEqual([["at", "gc"], ROWS]);
  });

  test("stopped, it goes on to the same end", async () => {
    const run = inFolder("stopped");
    expect(await labelled(["--out", run], signalAt(STEPPING, "SIGTERM"))).toMatchObject({
      code: 75,
    });
    expect(await gdiff(["pretrain", "--resume", "--out", run])).toMatchObject({ code: 0 });
    expect(outcomeOf(run, STEPS)).toEqual(outcomeOf(inFolder("whole"), STEPS));
  });

  test("begins from a network that was told nothing, as good as that one was", async () => {
    const [untold, told] = [inFolder("untold"), inFolder("told")];
    const genome = [...NETWORK, ...TRAINING, "--genome", "demo", "--steps"];
    const demo = genome.filter((_, i) => !(genome[i] === "--steps" || genome[i - 1] === "--steps"));
    expect(await gdiff(["pretrain", ...demo, "--steps", "3", "--out", untold])).toMatchObject({
      code: 0,
    });
    const steps = TRAINING.with(1, "1");
    const begun = await gdiff([
      ...["pretrain", ...NETWORK, "--labels", ROWS, ...steps, "--init", untold, "--out", told],
    ]);
    expect(begun).toMatchObject({ code: 0 });
    expect((await readRunConfig(told)).model.classes).toEqual(["at", "gc"]);
  });

  test("is not evaluated on a genome that it has not seen, and is tuned as any other", async () => {
    const run = inFolder("whole");
    const refused = await gdiff(["evaluate", run]);
    expect(errorLines(refused)).toEqual([
      `gdiff: E_RUN: expected a run that was trained on a genome, got ${run}, trained on the labelled sequences of ${ROWS} (its validation is in metrics.jsonl)`,
    ]);
    const tuned = await gdiff([
      ...["finetune", run, "--train", ROWS, "--epochs", "1", "--out", inFolder("tuned")],
    ]);
    expect(tuned).toMatchObject({ code: 0 });
    const { metrics: found } = JSON.parse(readFileSync(inFolder("tuned/result.json"), "utf8"));
    expect(found.valid.accuracy).toBeGreaterThan(0.9);
  });

  test("generates what it is asked for, the more so the stronger the guidance", async () => {
    const run = inFolder("whole");
    const shareOfGc = async (...args: string[]): Promise<number> => {
      const made = await gdiff(["generate", run, "--count", "150", "--batch-size", "64", ...args]);
      expect(made).toMatchObject({ code: 0 });
      const bases = made.stdout.replaceAll(/^>.*$/gm, "").replaceAll("\n", "");
      expect(bases).toHaveLength(150 * LENGTH);
      return bases.replaceAll(/[AT]/g, "").length / bases.length;
    };
    const [at, none, gc, more] = await Promise.all([
      shareOfGc("--label", "at"),
      shareOfGc(),
      shareOfGc("--label", "gc"),
      shareOfGc("--label", "gc", "--guidance", "3"),
    ]);
    const error = Math.sqrt((0.75 * 0.25) / (150 * LENGTH));
    expect(Math.abs(at - 0.25)).toBeLessThan(0.03 + 4 * error); // what 200 steps have not learnt yet
    expect(Math.abs(gc - 0.75)).toBeLessThan(0.03 + 4 * error);
    expect(none).toBeGreaterThan(0.35);
    expect(none).toBeLessThan(0.65);
    expect(more).toBeGreaterThan(gc + 4 * error);
  });

  test("says in the header which class it is, how strongly, and what it is worth told that", async () => {
    const made = await gdiff([
      ...["generate", inFolder("whole"), "--label", "gc", "--guidance", "2", "--count", "1"],
      ...["--nelbo", "4"],
    ]);
    expect(made.stdout).toMatch(
      /^>sample-1 generated by gdiff .* label=gc guidance=2 .*max-bits-per-base=\d\.\d{4} bits-per-base-error=\d\.\d{4}$/m,
    );
  });

  test.each([
    [["--guidance", "2"], "expected --label with --guidance, got 2 without a class to guide to"],
    [["--label", "tg"], "expected --label to be one of at, gc, got tg"],
  ])("generate %o is refused", async (args, message) => {
    const refused = await gdiff(["generate", inFolder("whole"), ...args]);
    expect(errorLines(refused)).toEqual([`gdiff: E_CONFIG: ${message}`]);
  });

  test("what a run never learnt is not asked of it", async () => {
    const [untold, certain] = [inFolder("never-told"), inFolder("always-told")];
    const steps = TRAINING.with(1, "1");
    const demo = ["pretrain", ...NETWORK, "--genome", "demo", ...steps, "--out", untold];
    expect(await gdiff(demo)).toMatchObject({ code: 0 });
    const always = ["--label-dropout", "0", "--out", certain];
    const begun = await gdiff(["pretrain", ...NETWORK, "--labels", ROWS, ...steps, ...always]);
    expect(begun).toMatchObject({ code: 0 });
    const first = await gdiff(["generate", untold, "--label", "gc"]);
    expect(errorLines(first)).toEqual([
      `gdiff: E_CONFIG: expected a run that is told classes with --label gc, got ${untold}/checkpoints/step-1, which is told none (gdiff pretrain --labels makes one; or give --classifier)`,
    ]);
    const second = await gdiff(["generate", certain, "--label", "gc", "--guidance", "2"]);
    expect(errorLines(second)).toEqual([
      `gdiff: E_CONFIG: expected --guidance 1 with ${certain}/checkpoints/step-1, got 2: it never saw a window without its class (--label-dropout 0)`,
    ]);
  });
});

test.each([
  [
    ["--labels", ROWS, "--genome", "demo"],
    `expected --labels FILE without a genome, got ${ROWS} and demo: the file has the sequences`,
  ],
  [
    ["--labels", ROWS, "--train", "chr1"],
    `expected --labels or --train, got both: sequences of ${ROWS} are split by share`,
  ],
  [
    ["--labels", ROWS, "--length", "60"],
    `expected windows of 60 bases of every class in ${ROWS}, got none of at: give a smaller --length`,
  ],
  [
    ["--labels", ROWS, "--length", "20", "--set", "model.classes=at,tg"],
    "expected model.classes to be at, gc, got at, tg",
  ],
  [
    ["--genome", "demo", "--set", "model.classes=at,gc"],
    "expected model.classes to be left out without --labels, got at, gc",
  ],
])("%o is refused", async (args, message) => {
  const refused = await gdiff(["pretrain", ...NETWORK, ...args, "--out", inFolder("refused")]);
  expect(errorLines(refused)).toEqual([expect.stringContaining(message)]);
});
