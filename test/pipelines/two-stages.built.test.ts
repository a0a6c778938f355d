/** MDLM's recipe for DNA: a masked language model first, then masked diffusion from its weights; and what is said of either's number. */

import { spawnSync } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { EstimatorTable } from "../../bench/estimator/variances.ts";
import { uniforms } from "./support/seeded.ts";
import { errorLines, gdiff, pretrain, testFolder } from "./support/tiny-run.ts";

const BENCH = join(import.meta.dirname, "../../dist/bench/run.js");
const folder = testFolder();
const first = join(folder, "stage1");
const second = join(folder, "stage2");
const fasta = join(folder, "random.fa");
const GENOME = ["--fasta", fasta];

const evaluate = (run: string, ...more: string[]) =>
  gdiff(["evaluate", run, "--windows", "6", "--draws", "4", ...more]);

beforeAll(async () => {
  const bases = uniforms(3, 4000).map((u) => "ACGT"[Math.floor(4 * u)]);
  writeFileSync(fasta, `>chr1\n${bases.join("")}\n`);
  const made = await pretrain([...GENOME, "--objective", "mlm", "--steps", "4", "--out", first]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  const next = ["--init", first, "--objective", "mdlm", "--steps", "2", "--out", second];
  const tuned = await pretrain([...GENOME, ...next]);
  expect(tuned, tuned.stderr).toMatchObject({ code: 0 });
  expect(tuned.stderr).toContain(
    `\nfirst weights: those of ${first}/checkpoints/step-4, 4 steps of mlm\n`,
  );
}, 120_000);

test("a first stage whose newest checkpoint is damaged gives the one before, and says so", async () => {
  const damaged = join(folder, "damaged");
  const mlm = ["--objective", "mlm", "--steps", "4", "--set", "train.saveEvery=2"];
  expect(await pretrain([...GENOME, ...mlm, "--out", damaged])).toMatchObject({ code: 0 });
  appendFileSync(join(damaged, "checkpoints/step-4/ema.safetensors"), "damage");
  const out = join(folder, "from-damaged");
  const next = ["--init", damaged, "--objective", "mdlm", "--steps", "1", "--out", out];
  const { code, stderr } = await pretrain([...GENOME, ...next]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^warning: checkpoint passed over: .*step-4.*$/m);
  expect(stderr).toContain(
    `\nfirst weights: those of ${damaged}/checkpoints/step-2, 2 steps of mlm\n`,
  );
});

describe("the number of the first stage", () => {
  test("is a bound that it was not trained for, and says so", async () => {
    const { stdout } = await evaluate(first);
    expect(stdout).toContain("bits per base (a bound, ≤)");
    expect(stdout).toMatch(
      /^note: the run learnt from windows with 15 % of the bases chosen, and the bound asks for every share: gdiff pretrain --init RUN --objective mdlm trains it$/m,
    );
  });

  test("is in no steps of time", async () => {
    const refused = await evaluate(first, "--time-steps", "4");
    expect(errorLines(refused)).toEqual([
      `gdiff: E_CONFIG: expected --time-steps with a run of mdlm or d3pm, got ${first} of mlm (leave it out)`,
    ]);
  });
});

describe("the number of the second stage", () => {
  test("has no note, and can be the bound of one step, which leaves nothing to chance", async () => {
    const one = JSON.parse((await evaluate(second, "--json", "--time-steps", "1")).stdout);
    expect(one).toMatchObject({ likelihood: "bound", timeSteps: 1 });
    expect(one).not.toHaveProperty("caveat");
    expect(one.scores.monteCarloStandardError).toBe(0); // all bases masked in every draw
  });
});

test("a run in discrete time trains, goes on and is evaluated in its steps", async () => {
  const run = join(folder, "discrete");
  const steps = ["--set", "train.timeSteps=5"];
  const made = await pretrain([...GENOME, ...steps, "--steps", "2", "--out", run]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  expect(await pretrain(["--resume", "--out", run, "--steps", "3"])).toMatchObject({ code: 0 });
  const changed = ["--set", "train.timeSteps=6", "--steps", "4"];
  expect(errorLines(await pretrain(["--resume", "--out", run, ...changed]))).toEqual([
    expect.stringContaining("train.timeSteps: expected 5, got 6"),
  ]);
  const { stdout } = await evaluate(run);
  expect(stdout).toContain("4 draws, seed 1, of 5 steps of time");
  expect(stdout).not.toContain("note:");
});

describe("bench estimator", () => {
  const bench = (line: string) =>
    spawnSync(process.execPath, [BENCH, "estimator", ...line.split(" ")], { encoding: "utf8" });

  test("measures every law on the same windows, and all have one mean", () => {
    const asked = `--run ${second} --windows 4 --repeats 40 --draws 1,4 --json`;
    const { status, stdout, stderr } = bench(asked);
    expect(status, stderr).toBe(0);
    const { rows, length } = JSON.parse(stdout) as EstimatorTable;
    expect(length).toBe(32);
    const named = new Map(rows.map((row) => [row.name, row]));
    expect([...named.keys()]).toEqual([
      "stratified",
      "independent",
      "importance, change-of-variables",
      "counting",
    ]);
    for (const { bits, example, byDraws } of rows) {
      expect(Math.abs(bits - 2)).toBeLessThan(0.8); // a network of two steps knows nothing
      expect(example.value).toBeGreaterThan(0);
      expect(byDraws.map(({ draws }) => draws)).toEqual([1, 4]);
    }
    // A network that knows nothing has 2 bits at every masked base: counting is exact, importance has what masks are drawn.
    const counting = named.get("counting")?.example.value ?? Number.NaN;
    const stratified = named.get("stratified")?.example.value ?? Number.NaN;
    const importance = named.get("importance, change-of-variables")?.example.value ?? Number.NaN;
    expect(counting).toBeLessThan(stratified / 3);
    expect(stratified).toBeLessThan(importance / 3);
  });

  test("prints a row a law", () => {
    const { stdout } = bench(`--run ${second} --windows 2 --repeats 2`);
    expect(stdout).toMatch(/^2 windows of 32 bases, 2 times; variances by masks alone/);
    expect(stdout).toMatch(/^counting +\d\.\d{3} +\S+ ± \S+ +\S+ ± \S+ +\S+ ± \S+ +\S+ ± \S+$/m);
  });

  test.each([
    ["--windows 4", /expected --run RUN, got none/],
    ["--run r --windows 1", /expected --windows of at least 2, for a variance, got 1/],
    ["--run r --draws many", /expected --draws to be a positive whole number, got many/],
    ["--run r --draw 1", /Unknown option '--draw'/],
  ])("%s is refused", (line, message) => {
    const { status, stdout, stderr } = bench(line);
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
    expect(stderr).toContain("npm run -s bench -- estimator --run RUN [flags]");
  });
});
