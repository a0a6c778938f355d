/** Class control: a run of planted classes, its judge, and what it is measured against. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { LabelTable } from "../../bench/labels/label-table.ts";
import { markovSequences } from "../../bench/labels/markov-sequences.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { plantedRows, writePlanted } from "../pipelines/support/planted-set.ts";
import { uniforms } from "../pipelines/support/seeded.ts";
import { gdiff, NETWORK, testFolder } from "../pipelines/support/tiny-run.ts";

const PROGRAM = join(import.meta.dirname, "../../dist/bench/run.js");
const folder = testFolder();
const run = join(folder, "run");

function labels(line: string): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, "labels", ...line.split(" ")],
    { encoding: "utf8" },
  );
  return { code: status, stdout, stderr };
}

describe("a run that is told classes", () => {
  beforeAll(async () => {
    const file = join(folder, "planted.csv");
    writePlanted(file, plantedRows(400, 1));
    const args = ["--labels", file, "--length", "40", "--steps", "1", "--batch-size", "2"];
    const half = ["--set", "labelled.validShare=0.5"];
    const made = await gdiff(["pretrain", ...NETWORK, ...args, ...half, "--out", run]);
    expect(made, made.stderr).toMatchObject({ code: 0 });
  }, 60_000);

  test("every row counts all that it was asked to, and real windows are judged well", () => {
    const asked = `--run ${run} --sequences 10 --guidance 0,2 --calls 2 --json`;
    const { code, stdout, stderr } = labels(asked);
    expect(code, stderr).toBe(0);
    const { classes, rows } = JSON.parse(stdout) as LabelTable;
    expect(rows.map(({ name }) => name)).toEqual([
      "real, not known to the judge",
      "Markov order 5 a class",
      "guidance 0",
      "guidance 2",
    ]);
    for (const { judged } of rows.slice(1)) {
      expect(judged.map((row) => row.reduce((sum, one) => sum + one, 0))).toEqual(
        classes.map(() => 10),
      );
    }
    const [real] = rows;
    const all = real?.judged.flat().reduce((sum, one) => sum + one, 0) ?? 0;
    const right = classes.reduce((sum, _, i) => sum + (real?.judged[i]?.[i] ?? 0), 0);
    expect(all).toBeGreaterThan(10);
    expect(right / all).toBeGreaterThan(0.7);
  });

  test("the table says how many windows the judge knows", () => {
    const { stdout } = labels(`--run ${run} --sequences 4 --guidance 1 --calls 1`);
    expect(stdout).toMatch(
      /^learnt from \d+ at, \d+ gc; judged by 6-mers of \d+ at, \d+ gc that were held out$/m,
    );
    expect(stdout).toMatch(/^guidance 1 +8 +[01]\.\d{3} /m);
  });
});

test.each([
  ["--sequences 3", /expected --run RUN, got none/],
  ["--run r --guidance strong", /expected --guidance to be a number, got strong/],
  ["--run r --sequence 3", /Unknown option '--sequence'/],
])("%s is refused", (line, message) => {
  const { code, stdout, stderr } = labels(line);
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
  expect(stderr).toContain("npm run -s bench -- labels --run RUN [flags]");
});

test("Markov sequences have the words of their windows, on either strand", () => {
  // GATTACA again and again: after any five bases the sixth is known, up to the pseudo-count.
  const ids = Uint8Array.from({ length: 70_000 }, (_, i) => [2, 0, 3, 3, 0, 1, 0][i % 7] as number);
  const options = { count: 20, length: 200, label: 0 };
  const made = markovSequences([ids], options, addressedRandom(1, "demoGenome"));
  const words = new Set<string>();
  for (let i = 0; i + 6 <= ids.length; i++) {
    const word = [...ids.subarray(i, i + 6)];
    words.add(word.join(""));
    words.add(
      word
        .map((base) => 3 - base)
        .toReversed()
        .join(""),
    );
  }
  let known = 0;
  for (const own of made)
    for (let i = 0; i + 6 <= 200; i++) known += words.has(own.subarray(i, i + 6).join("")) ? 1 : 0;
  expect(known / (20 * 195)).toBeGreaterThan(0.9);
  expect(new Set(made.map(String)).size).toBeGreaterThan(6); // of the 14 that begin somewhere in it
});

test("Markov sequences of no order at all have the composition of their windows", () => {
  const ids = Uint8Array.from(uniforms(3, 400_000), (u) => (u < 0.4 ? 1 : 2)); // C and G
  const options = { count: 10, length: 500, label: 0 };
  const made = markovSequences([ids], options, addressedRandom(1, "demoGenome"));
  const other = made.flatMap((own) => [...own]).filter((base) => base === 0 || base === 3);
  expect(other.length / 5000).toBeLessThan(0.02); // the pseudo-count alone makes them
});
