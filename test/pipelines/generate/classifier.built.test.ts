/** Generation guided by a fine-tuned classifier, as a user runs it: a run that is told nothing, and classes of its bases. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import { sha256Hex } from "../../../src/util/sha256.ts";
import { sequencesOf } from "../support/fasta-sequences.ts";
import { plantedRows, writePlanted } from "../support/planted-set.ts";
import { errorLines, gdiff, NETWORK, pretrain, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const [RUN, CLASSIFIER] = [inFolder("run"), inFolder("classifier")];
const LENGTH = 32;
const GUIDED = ["--classifier", CLASSIFIER, "--label", "gc"];

async function finetuned(
  name: string,
  ...args: string[]
): Promise<Awaited<ReturnType<typeof gdiff>>> {
  const training = ["--train", inFolder("train.csv"), "--batch-size", "16", "--lr", "0.01"];
  const done = await gdiff(["finetune", ...training, ...args, "--out", inFolder(name)]);
  expect(done).toMatchObject({ code: 0 });
  return done;
}

const SCRATCH = ["--from-scratch", "nano", ...NETWORK];
let told: string;

beforeAll(async () => {
  writePlanted(inFolder("train.csv"), plantedRows(400, 1));
  const demo = ["--genome", "demo", "--steps", "3", "--lr", "1e-2", "--out", RUN];
  const [pretrained, tuned] = await Promise.all([
    pretrain(demo),
    finetuned("classifier", ...SCRATCH, "--mask-share", "uniform", "--epochs", "25"),
    finetuned("clean", ...SCRATCH, "--epochs", "1", "--mask-share", "0.15"),
    finetuned("cnn", "--from-scratch", "benchmark-cnn", "--epochs", "1"),
  ]);
  expect(pretrained).toMatchObject({ code: 0 });
  told = tuned.stderr;
}, 240_000);

const generate = (...args: string[]): ReturnType<typeof gdiff> => gdiff(["generate", RUN, ...args]);

/** FASTA of `count` sequences. */
async function made(count: number, ...args: string[]): Promise<string> {
  const done = await generate("--count", String(count), ...args);
  expect(done).toMatchObject({ code: 0 });
  return done.stdout;
}

const basesOf = (fasta: string): string[] => Object.values(sequencesOf(fasta));

function shareOfGc(fasta: string): number {
  const bases = basesOf(fasta).join("");
  return bases.replaceAll(/[AT]/g, "").length / bases.length;
}

/** E[share of G and C | class gc] of uniform bases, by Bayes' rule: in class gc a base is G or C three times in four. */
function expectedShare(): number {
  let [mass, share] = [0, 0];
  let binomial = 1;
  for (let n = 0; n <= LENGTH; n++) {
    const joint = binomial / (1 + 3 ** (LENGTH - 2 * n));
    mass += joint;
    share += (joint * n) / LENGTH;
    binomial = (binomial * (LENGTH - n)) / (n + 1);
  }
  return share / mass;
}

test("training says what it hides, and that validation is whole", () => {
  expect(told).toContain(
    "; a share of the bases of each sequence, from 0 to 1 and another each epoch, is hidden in training, none in validation and test\n",
  );
});

test("sequences are what Bayes' rule makes of the run and the classifier", async () => {
  const count = 300;
  const shares = await Promise.all(
    [[], GUIDED, GUIDED.with(-1, "at"), [...GUIDED, "--guidance-order", "first"]].map(
      async (args) => shareOfGc(await made(count, "--batch-size", "64", ...args)),
    ),
  );
  const [none, gc, at, first] = shares as [number, number, number, number];
  const error = 0.5 / Math.sqrt(LENGTH * count);
  const lean = expectedShare() - 0.5;
  expect(lean).toBeGreaterThan(0.06);
  expect(Math.abs(gc - none - lean)).toBeLessThan(0.02 + 4 * error); // what training has not learnt yet
  expect(Math.abs(none - at - lean)).toBeLessThan(0.02 + 4 * error);
  expect(first - none).toBeGreaterThan(4 * error); // rougher, but that way
});

describe("equal seeds give equal bytes whatever the batch size", () => {
  test.concurrent.each([
    ["--guidance 2"],
    ["--guidance 2 --guidance-order first --calls 6"],
    ["--method confidence --calls 4 --guidance 3"],
    ["--strand average --calls 8"],
    ["--strand average --guidance-order first --calls 8"],
    ["--forbid EcoRI --gc-target 0.5 --calls 6"],
    ["--stride 8 --length 50 --calls 12"],
  ])("%s", async (words) => {
    const flags = [...GUIDED, ...words.split(" ")];
    const [three, all] = await Promise.all([
      made(7, ...flags, "--batch-size", "3"),
      made(7, ...flags, "--batch-size", "16"),
    ]);
    expect(all).toBe(three);
    expect(new Set(basesOf(three)).size).toBe(7);
  });
});

test("strength 0 is the run alone, to the letter", async () => {
  const [none, free] = await Promise.all([made(5, ...GUIDED, "--guidance", "0"), made(5)]);
  expect(basesOf(none)).toEqual(basesOf(free));
});

test("constraints hold under guidance", async () => {
  const fasta = await made(20, ...GUIDED, "--guidance", "3", "--max-homopolymer", "2");
  for (const bases of basesOf(fasta)) expect(bases).not.toMatch(/AAA|CCC|GGG|TTT/);
});

test("what guided is said in header, table and report", async () => {
  const steps = readdirSync(join(CLASSIFIER, "checkpoints")).map((name) => Number(name.slice(5)));
  const newest = join(CLASSIFIER, `checkpoints/step-${Math.max(...steps)}`);
  const manifest = readFileSync(join(newest, "manifest.json"));
  const sha = sha256Hex(manifest);
  const out = inFolder("guided.fa");
  const flags = ["--count", "2", ...GUIDED, "--guidance", "2", "--guidance-order", "first"];
  const done = await generate(...flags, "--out", out, "--json", "--nelbo", "2");
  expect(done).toMatchObject({ code: 0 });
  expect(readFileSync(out, "utf8")).toMatch(
    new RegExp(
      `^>sample-1 .* label=gc guidance=2 guidance-order=first .* classifier=${sha.slice(0, 12)} max`,
    ),
  );
  expect(JSON.parse(done.stdout)).toMatchObject({
    classifierSha256: sha,
    settings: { label: "gc", guidance: 2, "guidance-order": "first" },
  });
  const { metadata } = await readArrowTable(inFolder("guided.arrow"));
  expect(metadata).toMatchObject({
    ...{ classifier: CLASSIFIER, classifierSha256: sha, label: "gc" },
    ...{ guidance: "2", "guidance-order": "first" },
  });
});

describe("refused", () => {
  const refusals: readonly (readonly [args: string[], message: string])[] = [
    [
      ["--classifier", CLASSIFIER],
      `expected --label with --classifier, got ${CLASSIFIER} without a class to guide to`,
    ],
    [
      ["--label", "gc", "--guidance-order", "first"],
      "expected --classifier with --guidance-order, got first without a classifier to ask",
    ],
    [
      ["--classifier", CLASSIFIER, "--label", "tg"],
      `expected --label to be one of at, gc, the classes of ${CLASSIFIER}, got tg`,
    ],
    [
      ["--classifier", inFolder("clean"), "--label", "gc"],
      `expected a classifier trained with --mask-share uniform, got ${inFolder("clean")}, trained with --mask-share 0.15: what it says of rows that are mostly hidden means nothing (gdiff finetune RUN --mask-share uniform makes one)`,
    ],
    [
      ["--classifier", inFolder("cnn"), "--label", "gc"],
      `expected a classifier that knows hidden bases with --classifier, got ${inFolder("cnn")} of benchmark-cnn, which has no MASK (gdiff finetune RUN --mask-share uniform makes one)`,
    ],
  ];
  test.concurrent.each(refusals)("%o", async (args, message) => {
    const refused = await generate(...args);
    expect(errorLines(refused)).toEqual([`gdiff: E_CONFIG: ${message}`]);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
  });

  test.concurrent("a run of pretraining as the classifier", async () => {
    const refused = await generate("--classifier", RUN, "--label", "gc");
    expect(errorLines(refused)).toEqual([
      `gdiff: E_RUN: expected a run of gdiff finetune, got ${RUN}, which gdiff pretrain made`,
    ]);
  });

  test.concurrent("a run that is told classes itself", async () => {
    const run = inFolder("told");
    const rows = ["--labels", inFolder("train.csv"), "--length", "20", "--steps", "1"];
    const begun = await gdiff(["pretrain", ...NETWORK, ...rows, "--out", run]);
    expect(begun).toMatchObject({ code: 0 });
    const refused = await gdiff(["generate", run, ...GUIDED]);
    expect(errorLines(refused)).toEqual([
      `gdiff: E_CONFIG: expected a run that is told no classes with --classifier, got ${run}/checkpoints/step-1, which is told at, gc: leave --classifier out, and --label tells it`,
    ]);
  });
});
