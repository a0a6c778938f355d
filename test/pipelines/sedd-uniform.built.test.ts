/** A run of --objective sedd-uniform by the commands; what all runs that redraw bases share is in udlm.built.test.ts. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { writeAtRichFasta } from "./support/at-rich-fasta.ts";
import { errorLines, gdiff, pretrain, testFolder } from "./support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");
const args = ["--fasta", join(folder, "chr20.fa"), "--objective", "sedd-uniform", "--lr", "1e-2"];

beforeAll(async () => {
  writeAtRichFasta(join(folder, "chr20.fa"));
  const made = await pretrain([...args, "--steps", "150", "--out", run]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
}, 60_000);

test("it learns: gdiff evaluate has a bound below that of four equal bases", async () => {
  const { code, stdout } = await gdiff(["evaluate", run, "--windows", "40", "--json"]);
  const { likelihood, scores } = JSON.parse(stdout);
  expect([code, likelihood]).toEqual([0, "bound"]);
  expect(scores.model.bits).toBeLessThan(1.9); // the source has 1.47, knowing nothing 2
  expect(scores.model.bits).toBeGreaterThan(1.4);
});

test("gdiff generate goes by scores, and fills in anywhere", async () => {
  for (const method of ["analytic", "euler"]) {
    const flags = ["--count", "3", "--nelbo", "2", "--method", method];
    const { code, stdout } = await gdiff(["generate", run, ...flags]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/calls=32 method=\w+ noise=loglinear /);
    const bases = stdout.replaceAll(/^>.*$/gm, "").replaceAll("\n", "");
    expect(bases).toMatch(/^[ACGT]{96}$/);
    expect(bases.replaceAll(/[CG]/g, "").length).toBeGreaterThan(72);
  }
  const prompt = join(folder, "prompt.fa");
  writeFileSync(prompt, ">p\nNNNGATTACANNN\n");
  const filled = await gdiff(["generate", run, "--prompt", prompt, "--count", "1"]);
  expect(filled.stdout.split("\n")[1]).toMatch(/^[ACGT]{3}GATTACA[ACGT]{3}$/);
});

test("a method that takes a denoiser is refused", async () => {
  const refused = await gdiff(["generate", run, "--method", "ancestral"]);
  expect([refused.code, errorLines(refused)[0]]).toEqual([
    2,
    expect.stringMatching(/of analytic, euler with .*, a run of --objective sedd-uniform/),
  ]);
});
