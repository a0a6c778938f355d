/** A fine-tuning run whose numbers overflow. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantedRows, writePlanted } from "../support/planted-set.ts";
import { errorLines, gdiff, NETWORK, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const TRAIN = join(folder, "train.csv");
const ROWS = plantedRows(60, 1);

test("a loss that is not finite ends the run, and its sequences are kept", async () => {
  const run = join(folder, "absurd");
  writePlanted(TRAIN, ROWS);
  const begin = ["--from-scratch", "nano", ...NETWORK, "--train", TRAIN, "--batch-size", "9"];
  const failed = await gdiff(["finetune", ...begin, "--lr", "1e17", "--out", run]);
  const [line = ""] = errorLines(failed);
  const [, step, rate, names] =
    /^gdiff: E_TRAINING: expected a finite [a-z ]+ at step (\d+), got [^:]+: lower --lr \((\S+) at this step\) or lengthen the warm-up, and go on from the last checkpoint with --resume; its sequences \((.*)\) are in (.*)$/.exec(
      line,
    ) ?? [];
  expect([failed.code, line]).toEqual([
    1,
    expect.stringMatching(new RegExp(`are in ${run}/failed-step-${step}\\.json$`)),
  ]);
  const kept = JSON.parse(readFileSync(join(run, `failed-step-${step}.json`), "utf8"));
  expect([kept.step, Number(kept.learningRate.toPrecision(3))]).toEqual([
    Number(step),
    Number(rate),
  ]);
  const ids = kept.rows.map(({ id }: { id: string }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([9, 9]);
  expect(names).toBe(`${ids.slice(0, 4).join(", ")} and 5 more`);
  const given = new Map(ROWS.map((row) => [row.id, row]));
  for (const { id, label, strand, bases, weight } of kept.rows) {
    const { sequence = "", label: own } = given.get(id) ?? {};
    expect([label, weight, bases]).toEqual([
      own,
      1,
      strand === "+" ? sequence : reverseComplementText(sequence),
    ]);
  }
  expect(new Set(kept.rows.map(({ strand }: { strand: string }) => strand)).size).toBe(2);
});

function reverseComplementText(sequence: string): string {
  const opposite: Readonly<Record<string, string>> = { A: "T", C: "G", G: "C", T: "A" };
  return [...sequence]
    .reverse()
    .map((base) => opposite[base])
    .join("");
}
