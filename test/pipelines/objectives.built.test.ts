/** What holds of a run of every objective, by the commands; what is one's own is in the file of its name. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { OBJECTIVE_NAMES } from "../../src/diffusion/objective.ts";
import { writeAtRichFasta } from "./support/at-rich-fasta.ts";
import { gdiff, outcomeOf, pretrain, STEPPING, signalAt, testFolder } from "./support/tiny-run.ts";

const STEPS = 24;
const folder = testFolder();
const fasta = join(folder, "chr20.fa");
const labelled = join(folder, "labelled.csv");

beforeAll(() => {
  writeAtRichFasta(fasta);
  const rows = Array.from({ length: 24 }, (_, row) => {
    const bases = Array.from({ length: 32 }, (_, at) => "ACGT"[(at * (row + 1) + row) % 4]);
    return `${bases.join("")},${row % 2}`;
  });
  writeFileSync(labelled, `sequence,label\n${rows.join("\n")}\n`);
});

describe.each(OBJECTIVE_NAMES)("%s", (objective) => {
  const run = join(folder, objective);
  const args = [
    ...["--fasta", fasta, "--objective", objective, "--lr", "1e-2"],
    ...["--steps", String(STEPS), "--set", "train.validEvery=8"],
    ...(objective === "bd3" ? ["--block-length", "8"] : []),
  ];

  beforeAll(async () => {
    const made = await pretrain([...args, "--out", run]);
    expect(made, made.stderr).toMatchObject({ code: 0 });
  }, 60_000);

  test("a stopped run goes on to the same bytes", async () => {
    const cut = join(folder, `${objective}-cut`);
    const stopped = await pretrain([...args, "--out", cut], signalAt(STEPPING, "SIGTERM"));
    expect(stopped, stopped.stderr).toMatchObject({ code: 75 });
    const resumed = await pretrain(["--resume", "--out", cut]);
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    expect(outcomeOf(cut, STEPS)).toEqual(outcomeOf(run, STEPS));
  });

  test("its number says what kind it is, and is the same again", async () => {
    const evaluate = ["evaluate", run, "--windows", "4", "--draws", "4", "--json"];
    const [once, again] = [await gdiff(evaluate), await gdiff(evaluate)];
    const { likelihood, scores } = JSON.parse(once.stdout);
    expect(likelihood).toBe(objective === "ar" ? "exact" : "bound");
    expect(scores.model.bits).toBeGreaterThan(1.2); // the source has 1.47, and 128 bases are few
    expect(scores.model.bits).toBeLessThan(2 * Math.log2(5)); // d3pm's that knows nothing
    expect(JSON.parse(again.stdout).scores).toEqual(scores);
  });

  test("it generates what one seed always gives, and another does not", async () => {
    const drawn = (seed: string) => gdiff(["generate", run, "--count", "2", "--seed", seed]);
    const [once, again, other] = [await drawn("1"), await drawn("1"), await drawn("2")];
    expect(once, once.stderr).toMatchObject({ code: 0 });
    expect(once.stdout).toMatch(/^>.*\n[ACGT]{32}\n>.*\n[ACGT]{32}\n$/);
    expect(again.stdout).toBe(once.stdout);
    expect(other.stdout).not.toBe(once.stdout);
  });

  test("a classifier begins from its weights", async () => {
    const out = join(folder, `${objective}-classifier`);
    const data = ["--train", labelled, "--valid-share", "0.25", "--test-share", "0.25"];
    const size = ["--batch-size", "4", "--epochs", "1", "--json", "--out", out];
    const tuned = await gdiff(["finetune", run, ...data, ...size]);
    expect(tuned, tuned.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(tuned.stdout)).toMatchObject({ run: out, pretrainedSteps: STEPS });
  });
});
