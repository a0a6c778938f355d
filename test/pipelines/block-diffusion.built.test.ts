/** A run of --objective bd3 by the commands: trained, gone on with, evaluated, sampled block by block, fine-tuned. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { writeAtRichFasta } from "./support/at-rich-fasta.ts";
import { plantedRows, writePlanted } from "./support/planted-set.ts";
import {
  errorLines,
  gdiff,
  metrics,
  outcomeOf,
  pretrain,
  STEPPING,
  signalAt,
  testFolder,
} from "./support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");
const fasta = join(folder, "chr20.fa");
const SOURCE = ["--fasta", fasta, "--lr", "1e-2"];
const blocksOf = (bases: number): string[] => [
  ...SOURCE,
  ...["--objective", "bd3", "--block-length", String(bases)],
];

beforeAll(async () => {
  writeAtRichFasta(fasta);
  const made = await pretrain([...blocksOf(12), "--steps", "60", "--out", run]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
}, 60_000);

test("config.yaml says what a position sees", () => {
  expect(readFileSync(join(run, "config.yaml"), "utf8")).toMatch(
    /^ {2}attention: blocks\n {2}blockLength: 12$/m,
  );
});

test("it learns: the bound of validation falls below that of four equal bases", () => {
  const { validBits } = metrics(run).at(-1) as { validBits: number };
  expect(validBits).toBeLessThan(1.8); // the source has 1.47, knowing nothing 2
  expect(validBits).toBeGreaterThan(1.4);
});

test("validation says which mask rates vary least, and a run that takes them begins from a masked one", async () => {
  const { steadiestFrom: from, steadiestTo: to } = metrics(run).at(-1) as Record<string, number>;
  expect([from, to].every((rate) => rate !== undefined && rate >= 0 && rate <= 1)).toBe(true);
  expect((to as number) - (from as number)).toBeGreaterThanOrEqual(0.499);
  const masked = join(folder, "masked");
  const first = await pretrain([...SOURCE, "--steps", "20", "--out", masked]);
  expect(first, first.stderr).toMatchObject({ code: 0 });
  const rates = ["--set", `train.maskFrom=${from}`, "--set", `train.maskTo=${to}`];
  const tuned = join(folder, "from-masked");
  const args = [...blocksOf(8), ...rates, "--steps", "20", "--init", masked, "--out", tuned];
  const second = await pretrain(args);
  expect(second, second.stderr).toMatchObject({ code: 0 });
  expect(metrics(tuned).at(-1)?.validBits).toBeLessThan(2);
  expect(await gdiff(["generate", tuned, "--count", "1"])).toMatchObject({ code: 0 });
});

test("the weights of an autoregressive run predict another base, and are refused", async () => {
  const causal = join(folder, "causal");
  const first = await pretrain([...SOURCE, "--objective", "ar", "--steps", "1", "--out", causal]);
  expect(first, first.stderr).toMatchObject({ code: 0 });
  const refused = await pretrain([...blocksOf(8), "--init", causal, "--out", join(folder, "no")]);
  expect([refused.code, errorLines(refused)[0]]).toEqual([
    2,
    expect.stringMatching(
      /a run that predicts each base where it stands with train\.objective bd3/,
    ),
  ]);
});

test("a run that was stopped comes to the same weights, its batches made by threads or not", async () => {
  const cut = join(folder, "cut");
  const args = [...blocksOf(12), "--steps", "60", "--out", cut];
  const stopped = await pretrain([...args, "--workers", "2"], signalAt(STEPPING, "SIGTERM"));
  expect([stopped.code, metrics(cut).length < 60]).toEqual([75, true]);
  const resumed = await pretrain([...args, "--workers", "0", "--resume"]);
  expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
  expect(outcomeOf(cut, 60)).toEqual(outcomeOf(run, 60));
});

test("blocks of one base have an exact likelihood", async () => {
  const single = join(folder, "single");
  const made = await pretrain([...blocksOf(1), "--steps", "60", "--out", single]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  const { stdout } = await gdiff(["evaluate", single, "--windows", "8", "--json"]);
  const { likelihood, strand, scores } = JSON.parse(stdout);
  expect([likelihood, strand]).toEqual(["exact", "both"]);
  expect(metrics(single).at(-1)).not.toHaveProperty("steadiestFrom");
  expect(scores.model.bits).toBeLessThan(1.8);
  expect(scores).not.toHaveProperty("monteCarloStandardError");
  const drawn = await gdiff(["generate", single, "--count", "1", "--nelbo", "4"]);
  expect(drawn.stdout).toMatch(/ bits-per-base=\d\.\d{4}$/m);
});

describe("gdiff evaluate", () => {
  test("gives the bound of both strands", async () => {
    const { code, stdout } = await gdiff(["evaluate", run, "--windows", "12", "--json"]);
    const { likelihood, strand, scores } = JSON.parse(stdout);
    expect([code, likelihood, strand]).toEqual([0, "bound", "both"]);
    expect(scores.model.bits).toBeLessThan(1.8);
    expect(scores.byMaskRate).toEqual([]); // each block has a rate of its own
    expect(scores.monteCarloStandardError).toBeGreaterThan(0);
  });
});

describe("gdiff generate", () => {
  test("fills blocks from left to right by itself, beyond the window too", async () => {
    const args = ["--count", "3", "--length", "50", "--nelbo", "2"];
    const { code, stdout, stderr } = await gdiff(["generate", run, ...args]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/50 bases are more than the windows of 32/);
    expect(stdout.match(/calls=50 method=block-by-block schedule=uniform /g)).toHaveLength(3);
    const bases = stdout.replaceAll(/^>.*$/gm, "").replaceAll("\n", "");
    expect(bases).toMatch(/^[ACGT]{150}$/);
    expect(bases.replaceAll(/[CG]/g, "").length).toBeGreaterThan(110);
  });

  test("in fewer calls, whatever the batch", async () => {
    const args = ["generate", run, "--count", "5", "--calls", "9", "--seed", "3"];
    const [whole, single] = [await gdiff(args), await gdiff([...args, "--batch-size", "1"])];
    expect(whole).toMatchObject({ code: 0, stdout: single.stdout });
  });

  test("goes on from the beginning of a sequence, and fills gaps within a block", async () => {
    const prompt = join(folder, "prompt.fa");
    writeFileSync(prompt, ">p\nGATTACANNNCANNNNNNNN\n");
    const { stdout } = await gdiff(["generate", run, "--prompt", prompt, "--count", "1"]);
    expect(stdout.split("\n")[1]).toMatch(/^GATTACA[ACGT]{3}CA[ACGT]{8}$/);
  });

  test("refuses a record of a prompt before it fills those before it", async () => {
    const prompt = join(folder, "ab.fa");
    writeFileSync(prompt, `>a\nGATTACANNNNN\n>b\n${"N".repeat(12)}GATTACA\n`);
    const refused = await gdiff(["generate", run, "--prompt", prompt, "--count", "1"]);
    expect([refused.code, refused.stdout, errorLines(refused)]).toEqual([
      2,
      "",
      [
        `gdiff: E_CONFIG: ${prompt}: record b: expected nothing kept in a block behind a free base, as blocks of 12 are filled from left to right, ` +
          "got base 13 kept and base 1 free (a run of --objective mdlm fills in anywhere)",
      ],
    ]);
  });

  test.each([
    [
      ["--method", "random-order"],
      2,
      /expected --method of block-by-block with .* bd3, got random/,
    ],
    [["--strand", "average"], 2, /reads from left to right, got average/],
    [["--calls", "2"], 2, /E_CONFIG: expected at least one call a block, got 2 calls for 3/],
    [["--flank3", "ACGT"], 2, /E_CONFIG: .*, got base 29 kept and base 1 free/],
  ])("%j is refused", async (flags, code, message) => {
    const refused = await gdiff(["generate", run, ...flags]);
    expect([refused.code, refused.stdout]).toEqual([code, ""]);
    expect(errorLines(refused)[0]).toMatch(message);
  });
});

test("gdiff finetune and predict read its weights as they were trained", async () => {
  const file = join(folder, "planted.csv");
  writePlanted(file, plantedRows(160, 2));
  const tuned = join(folder, "tuned");
  const args = ["finetune", run, "--train", file, "--epochs", "1", "--lr", "1e-2"];
  const made = await gdiff([...args, "--test-share", "0.2", "--out", tuned]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  expect(readFileSync(join(tuned, "config.yaml"), "utf8")).toMatch(
    /^ {2}attention: blocks\n {2}blockLength: 12$/m,
  );
  expect(await gdiff(["predict", tuned, file])).toMatchObject({ code: 0 });
});

test("other blocks are another network, and do not go on", async () => {
  const args = [...blocksOf(8), "--steps", "70", "--resume", "--out", run];
  const resumed = await pretrain(args);
  expect([resumed.code, errorLines(resumed)[0]]).toEqual([
    2,
    expect.stringMatching(/model\.blockLength: expected 12, got 8/),
  ]);
});

test.each([
  [
    ["--objective", "mdlm", "--block-length", "4"],
    /model\.blockLength of none with train\.objective mdlm, got 4/,
  ],
  [
    ["--objective", "bd3", "--block-length", "64"],
    /model\.blockLength of at most the 32 bases of a window, got 64/,
  ],
  [
    ["--objective", "bd3", "--set", "train.maskFrom=0.6", "--set", "train.maskTo=0.5"],
    /train\.maskFrom of at most train\.maskTo, and that above 0, got 0\.6 and 0\.5/,
  ],
  [
    ["--objective", "ar", "--set", "train.maskTo=0.5"],
    /train\.maskFrom and train\.maskTo with train\.objective bd3 only, got 0 and 0\.5 with ar/,
  ],
])("%j is refused", async (flags, message) => {
  const refused = await pretrain([...SOURCE, ...flags, "--out", join(folder, "no")]);
  expect(refused.code).toBe(2);
  expect(errorLines(refused)[0]).toMatch(message);
});
