/** A run of --objective sedd by the commands. */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { writeAtRichFasta } from "./support/at-rich-fasta.ts";
import { errorLines, gdiff, metrics, pretrain, testFolder } from "./support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");

beforeAll(async () => {
  const fasta = join(folder, "chr20.fa");
  writeAtRichFasta(fasta);
  const args = ["--fasta", fasta, "--objective", "sedd", "--lr", "1e-2", "--steps", "60"];
  const made = await pretrain([...args, "--out", run]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
}, 60_000);

test("it learns: the bound of validation falls below that of four equal bases", () => {
  const { validBits } = metrics(run).at(-1) as { validBits: number };
  expect(validBits).toBeLessThan(1.8); // the source has 1.47, knowing nothing 2
  expect(validBits).toBeGreaterThan(1.4);
});

test("gdiff evaluate gives the bound that score entropy has", async () => {
  const { code, stdout } = await gdiff(["evaluate", run, "--windows", "12", "--json"]);
  const { likelihood, scores } = JSON.parse(stdout);
  expect([code, likelihood]).toEqual([0, "bound"]);
  expect(scores.model.bits).toBeLessThan(1.8);
  expect(scores.byMaskRate.length).toBeGreaterThan(3);
});

test("gdiff generate goes by scores, and fills in anywhere", async () => {
  const { code, stdout } = await gdiff(["generate", run, "--count", "3", "--nelbo", "2"]);
  expect(code).toBe(0);
  expect(stdout.match(/calls=32 method=analytic noise=loglinear /g)).toHaveLength(3);
  const bases = stdout.replaceAll(/^>.*$/gm, "").replaceAll("\n", "");
  expect(bases).toMatch(/^[ACGT]{96}$/);
  expect(bases.replaceAll(/[CG]/g, "").length).toBeGreaterThan(72);
  const prompt = join(folder, "prompt.fa");
  writeFileSync(prompt, ">p\nNNNGATTACANNN\n");
  const filled = await gdiff(["generate", run, "--prompt", prompt, "--count", "1"]);
  expect(filled.stdout.split("\n")[1]).toMatch(/^[ACGT]{3}GATTACA[ACGT]{3}$/);
});

test("a method that takes a denoiser is refused", async () => {
  const refused = await gdiff(["generate", run, "--method", "random-order"]);
  expect([refused.code, errorLines(refused)[0]]).toEqual([
    2,
    expect.stringMatching(
      /expected --method of analytic, euler with .*, a run of --objective sedd/,
    ),
  ]);
});

test("without --method it takes the flags of its own, and names it where one belongs to others", async () => {
  const args = ["generate", run, "--count", "1"];
  const { code, stdout } = await gdiff([...args, "--noise", "cosine"]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/ method=analytic noise=cosine /)]);
  const out = join(folder, "none.fa");
  const refused = await gdiff([...args, "--block-length", "8", "--out", out]);
  expect([refused.code, existsSync(out), errorLines(refused)]).toEqual([
    2,
    false,
    [
      "gdiff: E_CONFIG: expected only flags that --method analytic takes (--calls, --noise), got --block-length",
    ],
  ]);
});
