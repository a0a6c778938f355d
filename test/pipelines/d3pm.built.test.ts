/** A run of --objective d3pm by the commands. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { writeAtRichFasta } from "./support/at-rich-fasta.ts";
import { plantedRows, writePlanted } from "./support/planted-set.ts";
import { errorLines, gdiff, metrics, pretrain, testFolder } from "./support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");
const fasta = join(folder, "chr20.fa");
const ARGS = ["--fasta", fasta, "--objective", "d3pm", "--lr", "1e-2"];

beforeAll(async () => {
  writeAtRichFasta(fasta);
  const made = await pretrain([...ARGS, "--steps", "150", "--out", run]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
}, 60_000);

test("it learns, the reconstruction too: the bound of validation falls below that of four equal bases", () => {
  const { validBits } = metrics(run).at(-1) as { validBits: number };
  expect(validBits).toBeLessThan(1.9); // the source has 1.47, knowing nothing log2(5) and as much again to reconstruct
  expect(validBits).toBeGreaterThan(1.4);
});

test("workers make the same batches", async () => {
  const other = join(folder, "workers");
  const made = await pretrain([...ARGS, "--steps", "150", "--workers", "2", "--out", other]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  const losses = (of: string) => metrics(of).map(({ lossBits }) => lossBits);
  expect(losses(other)).toEqual(losses(run));
});

test("it goes on in as many steps of time only", async () => {
  const other = join(folder, "resumed");
  const args = [...ARGS, "--set", "train.timeSteps=20", "--out", other];
  expect(await pretrain([...args, "--steps", "3"])).toMatchObject({ code: 0 });
  expect(await pretrain([...args, "--steps", "5", "--resume"])).toMatchObject({ code: 0 });
  expect(metrics(other)).toHaveLength(5);
  const changed = ["--set", "train.timeSteps=21", "--steps", "6", "--resume", "--out", other];
  const refused = await pretrain([...ARGS, ...changed]);
  expect([refused.code, errorLines(refused)[0]]).toEqual([
    2,
    expect.stringMatching(/train\.timeSteps: expected 20, got 21/),
  ]);
});

test("a run with a head of bases alone begins from its weights, and the other way round", async () => {
  const four = join(folder, "four");
  const args = ["--fasta", fasta, "--lr", "1e-2", "--steps"];
  const weighed = ["--set", "train.emaDecay=0.5", "--set", "train.validEvery=5"];
  expect(await pretrain([...args, "10", ...weighed, "--init", run, "--out", four])).toMatchObject({
    code: 0,
  });
  const [first] = metrics(four).flatMap(({ validBits }) => validBits ?? []);
  expect(first).toBeLessThan(1.7); // a fresh network has 2 bits after five steps
  const five = join(folder, "five");
  const back = ["--objective", "d3pm", "--init", four, "--out", five];
  expect(await pretrain([...args, "2", ...weighed, ...back])).toMatchObject({ code: 0 });
});

test("gdiff evaluate gives the bound with its reconstruction", async () => {
  const { code, stdout } = await gdiff(["evaluate", run, "--windows", "12", "--json"]);
  const { likelihood, scores } = JSON.parse(stdout);
  expect([code, likelihood]).toEqual([0, "bound"]);
  expect(scores.model.bits).toBeLessThan(1.9);
  expect(scores.byMaskRate.length).toBeGreaterThan(3);
  const text = await gdiff(["evaluate", run, "--windows", "4"]);
  expect(text.stdout).toMatch(/bits per base/);
});

test("gdiff generate goes by the posterior, fills in anywhere, and keeps constraints", async () => {
  const { code, stdout } = await gdiff(["generate", run, "--count", "3", "--nelbo", "2"]);
  expect(code).toBe(0);
  expect(stdout.match(/calls=32 method=ancestral noise=loglinear /g)).toHaveLength(3);
  const bases = stdout.replaceAll(/^>.*$/gm, "").replaceAll("\n", "");
  expect(bases).toMatch(/^[ACGT]{96}$/);
  expect(bases.replaceAll(/[CG]/g, "").length).toBeGreaterThan(72);
  const prompt = join(folder, "prompt.fa");
  writeFileSync(prompt, ">p\nNNNGATTACANNN\n");
  const filled = await gdiff(["generate", run, "--prompt", prompt, "--count", "1"]);
  expect(filled.stdout.split("\n")[1]).toMatch(/^[ACGT]{3}GATTACA[ACGT]{3}$/);
  const args = [
    "--count",
    "4",
    "--gc-target",
    "0.8",
    "--max-homopolymer",
    "3",
    "--strand",
    "average",
  ];
  const leant = await gdiff(["generate", run, ...args]);
  expect(leant, leant.stderr).toMatchObject({ code: 0 });
  const designs = leant.stdout.split("\n").filter((line) => /^[ACGT]+$/.test(line));
  expect(designs).toHaveLength(4);
  for (const design of designs) {
    expect(design).not.toMatch(/(.)\1{3}/);
    expect(design.replaceAll(/[AT]/g, "").length).toBeGreaterThan(18);
  }
});

test("a method that takes a denoiser of bases is refused", async () => {
  const refused = await gdiff(["generate", run, "--method", "random-order"]);
  expect([refused.code, errorLines(refused)[0]]).toEqual([
    2,
    expect.stringMatching(/expected --method of ancestral with .*, a run of --objective d3pm/),
  ]);
});

test("gdiff finetune takes its backbone", async () => {
  const [train, out] = [join(folder, "train.csv"), join(folder, "tuned")];
  writePlanted(train, plantedRows(120, 1));
  const args = ["--train", train, "--batch-size", "9", "--lr", "0.01", "--epochs", "4"];
  const made = await gdiff(["finetune", run, ...args, "--out", out]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  const { metrics: scores } = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
  expect(scores.valid.accuracy).toBeGreaterThan(0.7);
});
