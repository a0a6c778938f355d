/** A run of --objective ar by the commands: trained, evaluated exactly, sampled from left to right, fine-tuned. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { plantedRows, writePlanted } from "./support/planted-set.ts";
import { uniforms } from "./support/seeded.ts";
import {
  errorLines,
  gdiff,
  metrics,
  NETWORK,
  outcomeOf,
  pretrain,
  STEPPING,
  signalAt,
  testFolder,
} from "./support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");
const fasta = join(folder, "chr20.fa");
const SOURCE = ["--fasta", fasta, "--objective", "ar", "--lr", "1e-2"];

/** 20,000 bases, A three times in four. */
beforeAll(async () => {
  const bases = uniforms(7, 20_000).map((u) =>
    u < 0.75 ? "A" : "CGT"[Math.floor(3 * ((u - 0.75) / 0.25))],
  );
  writeFileSync(fasta, `>chr20\n${bases.join("")}\n`);
  const made = await pretrain([...SOURCE, "--steps", "40", "--out", run]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
}, 60_000);

test("config.yaml says what a position sees", () => {
  expect(readFileSync(join(run, "config.yaml"), "utf8")).toMatch(/^ {2}attention: causal$/m);
});

test("it learns: the exact bits of validation fall below those of four equal bases", () => {
  const { validBits } = metrics(run).at(-1) as { validBits: number };
  expect(validBits).toBeLessThan(1.8); // the source has 1.21, knowing nothing 2
});

test("another objective does not go on with it", async () => {
  const args = ["--fasta", fasta, "--steps", "50"];
  const resumed = await pretrain([
    ...args,
    "--set",
    "train.objective=mdlm",
    "--resume",
    "--out",
    run,
  ]);
  expect([resumed.code, errorLines(resumed)[0]]).toEqual([
    2,
    expect.stringMatching(/model\.attention of full with train\.objective mdlm, got causal/),
  ]);
});

describe("gdiff evaluate", () => {
  test("gives −log p of both strands: no draws, no bound, no mask rates", async () => {
    const { code, stdout } = await gdiff(["evaluate", run, "--windows", "12", "--json"]);
    const summary = JSON.parse(stdout);
    expect([code, summary.likelihood, summary.strand]).toEqual([0, "exact", "both"]);
    expect(summary.scores.byMaskRate).toEqual([]);
    expect(summary.scores).not.toHaveProperty("monteCarloStandardError");
    expect(summary.scores.model.bits).toBeLessThan(1.8);
  });

  test("says so as text", async () => {
    const { stdout } = await gdiff(["evaluate", run, "--windows", "4"]);
    expect(stdout).toMatch(/bits per base \(exact\)/);
    expect(stdout).toMatch(/4 windows of 32 bases on both strands, 128 A\/C\/G\/T, exact$/m);
    expect(stdout).toMatch(/^model \(exact\) +\d\.\d{4}/m);
    expect(stdout).toMatch(/standard errors are over windows\n$/);
    expect(stdout).not.toMatch(/bases masked|bound|draws/);
  });
});

describe("gdiff generate", () => {
  test("samples from left to right by itself, each base at its own call, and says how", async () => {
    const { code, stdout } = await gdiff(["generate", run, "--count", "3", "--nelbo", "2"]);
    expect(code).toBe(0);
    const headers = stdout.split("\n").filter((line) => line.startsWith(">"));
    expect(headers).toHaveLength(3);
    for (const header of headers) {
      expect(header).toMatch(/calls=32 method=left-to-right /);
      expect(header).toMatch(/ bits-per-base=\d\.\d{4}$/); // exact: no bound, no error
    }
    const bases = stdout.replaceAll(/^>.*$/gm, "").replaceAll("\n", "");
    expect(bases).toMatch(/^[ACGT]{96}$/);
    expect(bases.replaceAll(/[CG]/g, "").length).toBeGreaterThan(60); // five in six are A or T, on either strand
  });

  test("goes on from the beginning of a sequence", async () => {
    const prompt = join(folder, "prompt.fa");
    writeFileSync(prompt, ">p\nGATTACANNNNN\n");
    const { stdout } = await gdiff(["generate", run, "--prompt", prompt, "--count", "1"]);
    expect(stdout.split("\n")[1]).toMatch(/^GATTACA[ACGT]{5}$/);
  });

  test("refuses a prompt by file and record before it generates from those before it", async () => {
    const prompt = join(folder, "ab.fa");
    writeFileSync(prompt, ">a\nGATTACANNNNN\n>b\nNNNNGATTACA\n");
    const out = join(folder, "ab-filled.fa");
    const args = ["generate", run, "--prompt", prompt, "--count", "2"];
    for (const flags of [[], ["--out", out]]) {
      const refused = await gdiff([...args, ...flags]);
      expect([refused.code, refused.stdout, errorLines(refused)]).toEqual([
        2,
        "",
        [
          `gdiff: E_CONFIG: ${prompt}: record b: expected nothing kept behind a free base, as an autoregressive run reads from left to right, ` +
            "got base 5 kept behind the free base 1 (a run of --objective mdlm fills in anywhere)",
        ],
      ]);
    }
    expect([existsSync(out), existsSync(`${out}.unfinished`)]).toEqual([false, false]);
  });

  test("refuses letters by file and record", async () => {
    const letters = join(folder, "letters.fa");
    writeFileSync(letters, ">motif\nNNRYACGT\n");
    const refused = await gdiff(["generate", run, "--iupac", letters, "--count", "1"]);
    expect([refused.code, errorLines(refused)[0]]).toEqual([
      2,
      expect.stringContaining(`E_CONFIG: ${letters}: record motif: expected nothing kept behind`),
    ]);
  });

  test.each([
    [
      ["--method", "ancestral"],
      2,
      /expected --method of left-to-right with .*, a run of --objective ar, got ancestral/,
    ],
    [
      ["--schedule", "cosine"],
      2,
      /--method left-to-right takes \(none of its own\), got --schedule/,
    ],
    [["--strand", "average"], 2, /reads from left to right, got average/],
    [
      ["--classifier", "runs/c", "--label", "gc"],
      2,
      /expected a run that fills in hidden bases with --classifier, got .*, which reads from left to right/,
    ],
    [
      ["--flank3", "ACGT"],
      2,
      /E_CONFIG: expected nothing kept .*, got base 29 kept behind the free base 1/,
    ],
    [["--insert", "ACGT@9"], 2, /E_CONFIG: .*, got base 9 kept behind the free base 1/],
    [["--insert", "ACGT@9~3"], 2, /E_CONFIG: .*, got base \d+ kept behind the free base 1/],
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
  const args = [
    "finetune",
    run,
    "--train",
    file,
    "--epochs",
    "2",
    "--lr",
    "1e-2",
    "--test-share",
    "0.2",
  ];
  const made = await gdiff([...args, "--out", tuned]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  expect(readFileSync(join(tuned, "config.yaml"), "utf8")).toMatch(/^ {2}attention: causal$/m);
  expect(await gdiff(["predict", tuned, file])).toMatchObject({ code: 0 });
});

describe("a masked run begun from its weights", () => {
  const masked = join(folder, "begun");
  const args = ["--fasta", fasta, "--init", run, "--lr", "1e-3"];
  const annealed = [...args, "--steps", "20", "--set", "train.attentionAnnealing=10"];

  beforeAll(async () => {
    const made = await pretrain([...annealed, "--out", masked]);
    expect(made, made.stderr).toMatchObject({ code: 0 });
  }, 60_000);

  test("predicts the next base still, and says so in config.yaml", () => {
    const text = readFileSync(join(masked, "config.yaml"), "utf8");
    expect(text).toMatch(/^ {2}isShifted: true$/m);
    expect(text).toMatch(/^ {2}attentionAnnealing: 10$/m);
    expect(text).not.toMatch(/attention: causal/);
  });

  test("knows at its first step what the autoregressive one knew", () => {
    // MDLM's first loss is of rows in which any share is hidden: nothing known would be near 2 bits.
    expect((metrics(masked)[0] as { lossBits: number }).lossBits).toBeLessThan(1.9);
    expect((metrics(masked).at(-1) as { validBits: number }).validBits).toBeLessThan(1.8);
  });

  test("comes to the same weights when it was stopped while its attention was annealed", async () => {
    const cut = join(folder, "begun-cut");
    const stopped = await pretrain([...annealed, "--out", cut], signalAt(STEPPING, "SIGTERM"));
    expect([stopped.code, metrics(cut).length < 20]).toEqual([75, true]);
    const resumed = await pretrain([...annealed, "--out", cut, "--resume"]);
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    expect(outcomeOf(cut, 20)).toEqual(outcomeOf(masked, 20));
  });

  test("is evaluated and sampled as a masked run is, begins others, and is fine-tuned", async () => {
    const { code, stdout } = await gdiff(["evaluate", masked, "--windows", "4", "--json"]);
    expect([code, JSON.parse(stdout).likelihood]).toEqual([0, "bound"]);
    const made = await gdiff(["generate", masked, "--count", "2", "--flank3", "GATTACA"]);
    expect([code, made.stdout.match(/^[ACGT]{25}GATTACA$/gm)]).toEqual([0, expect.any(Array)]);
    const again = join(folder, "begun-again");
    const next = ["--fasta", fasta, "--init", masked, "--steps", "1", "--resume", "--out", again]; // nothing to resume yet
    expect(await pretrain(next)).toMatchObject({ code: 0 });
    expect(readFileSync(join(again, "config.yaml"), "utf8")).toMatch(/^ {2}isShifted: true$/m);
  });

  test.each([
    [
      ["--set", "model.isShifted=false"],
      /expected --init of a run that predicts each base where it stands with model\.isShifted false, got .*, which predicts the next$/,
    ],
    [
      ["--objective", "ar", "--set", "train.attentionAnnealing=3"],
      /expected train\.attentionAnnealing of 0 with train\.objective ar, whose positions do not see all, got 3/,
    ],
  ])("%j is refused", async (flags, message) => {
    const refused = await pretrain([
      ...args,
      ...flags,
      "--steps",
      "1",
      "--out",
      join(folder, "no"),
    ]);
    expect([refused.code, errorLines(refused)[0]]).toEqual([2, expect.stringMatching(message)]);
  });

  test("no autoregressive run begins from it", async () => {
    const flags = ["--fasta", fasta, "--objective", "ar", "--init", masked];
    const refused = await pretrain([...flags, "--steps", "1", "--out", join(folder, "no")]);
    expect([refused.code, errorLines(refused)[0]]).toEqual([
      2,
      expect.stringMatching(
        /expected --init of an autoregressive run with train\.objective ar, got .*, whose positions see what follows them/,
      ),
    ]);
  });
});

test("a masked run is not sampled from left to right", async () => {
  const masked = join(folder, "masked");
  const args = ["--fasta", fasta, "--steps", "1", "--out", masked];
  expect(await gdiff(["pretrain", ...NETWORK, "--length", "32", ...args])).toMatchObject({
    code: 0,
  });
  const refused = await gdiff(["generate", masked, "--method", "left-to-right"]);
  expect([refused.code, errorLines(refused)[0]]).toEqual([
    2,
    expect.stringMatching(
      /expected --method of random-order, .*, a run of --objective mdlm, got left-to-right/,
    ),
  ]);
});
