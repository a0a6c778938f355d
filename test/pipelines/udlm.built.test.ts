/** A run of --objective udlm by the commands. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { writeAtRichFasta } from "./support/at-rich-fasta.ts";
import { plantedRows, writePlanted } from "./support/planted-set.ts";
import { savedWeights } from "./support/saved-weights.ts";
import { errorLines, gdiff, pretrain, testFolder } from "./support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");
const fasta = join(folder, "chr20.fa");
const args = ["--fasta", fasta, "--objective", "udlm", "--lr", "1e-2"];

beforeAll(async () => {
  writeAtRichFasta(fasta);
  const made = await pretrain([...args, "--steps", "80", "--out", run]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
}, 60_000);

test("config.yaml says that the network is told noise", () => {
  expect(readFileSync(join(run, "config.yaml"), "utf8")).toMatch(/^ {2}isToldNoise: true$/m);
});

test("it learns: gdiff evaluate has a bound below that of four equal bases", async () => {
  const { code, stdout } = await gdiff(["evaluate", run, "--windows", "40", "--json"]);
  const { likelihood, scores } = JSON.parse(stdout);
  expect([code, likelihood]).toEqual([0, "bound"]);
  expect(scores.model.bits).toBeLessThan(1.8); // the source has 1.47, knowing nothing 2
  expect(scores.model.bits).toBeGreaterThan(1.4);
  expect(scores.byMaskRate).toEqual([]);
});

test("gdiff generate begins with random bases, and fills in anywhere", async () => {
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
  const design = ["--forbid", "AT", "--insert", "GGCC@10", "--strand", "average"];
  const designed = await gdiff(["generate", run, "--count", "1", ...design]);
  expect(designed, designed.stderr).toMatchObject({ code: 0 });
  const made = designed.stdout.split("\n")[1] as string;
  expect([made.slice(9, 13), made.includes("AT")]).toEqual(["GGCC", false]);
});

test.each([
  [
    ["--method", "random-order"],
    /expected --method of ancestral with .*, a run of --objective udlm/,
  ],
  [
    ["--classifier", "runs/c", "--label", "gc"],
    /expected a run that fills in hidden bases with --classifier, got .*, which redraws bases/,
  ],
  [["--particles", "4"], /expected --method random-order with --particles, got ancestral/],
])("%j is refused", async (flags, message) => {
  const refused = await gdiff(["generate", run, ...flags]);
  expect([refused.code, errorLines(refused)[0]]).toEqual([2, expect.stringMatching(message)]);
});

test("no run that is not told noise begins from it", async () => {
  const flags = ["--fasta", fasta, "--init", run, "--steps", "1", "--out", join(folder, "no")];
  const refused = await pretrain(flags);
  expect([refused.code, errorLines(refused)[0]]).toEqual([
    2,
    expect.stringMatching(
      /expected --init of a run that is not told how noisy rows are with train\.objective mdlm, got .*, which is/,
    ),
  ]);
});

test("gdiff finetune, predict and embed tell its network that sequences are clean", async () => {
  const file = join(folder, "planted.csv");
  writePlanted(file, plantedRows(160, 2));
  const tuned = join(folder, "tuned");
  const tuning = ["--epochs", "2", "--lr", "1e-2", "--test-share", "0.2", "--out", tuned];
  const made = await gdiff(["finetune", run, "--train", file, ...tuning]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  expect(Object.keys(savedWeights(tuned, "best.safetensors"))).toContain("noise.in.weight");
  expect(await gdiff(["predict", tuned, file])).toMatchObject({ code: 0 });
  const table = join(folder, "embedded.arrow");
  const embedded = await gdiff(["embed", run, file, "--out", table]);
  expect(embedded, embedded.stderr).toMatchObject({ code: 0 });
});

test("a run of classes draws one of them, and guidance pulls further there", async () => {
  const file = join(folder, "classes.csv");
  writePlanted(file, plantedRows(400, 1));
  const labelled = join(folder, "labelled");
  const training = ["--labels", file, "--objective", "udlm", "--lr", "1e-2", "--steps", "80"];
  const made = await pretrain([...training, "--out", labelled]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  const shareOfGc = async (...flags: string[]): Promise<number> => {
    const { code, stdout } = await gdiff(["generate", labelled, "--count", "12", ...flags]);
    expect(code).toBe(0);
    const bases = stdout.replaceAll(/^>.*$/gm, "").replaceAll("\n", "");
    return bases.replaceAll(/[AT]/g, "").length / bases.length;
  };
  const [gc, at, pulled] = await Promise.all([
    shareOfGc("--label", "gc"),
    shareOfGc("--label", "at"),
    shareOfGc("--label", "gc", "--guidance", "3"),
  ]);
  expect(gc).toBeGreaterThan(at + 0.1);
  expect(pulled).toBeGreaterThan(gc);
});
