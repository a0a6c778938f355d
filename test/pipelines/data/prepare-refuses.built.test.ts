import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorLines, filesBelow } from "../support/tiny-run.ts";
import { GENOME_TEXT, prepare, prepareFixture } from "./prepare-fixture.ts";

const { folder, fasta, whole, options, inFolder } = prepareFixture();

const refusals: readonly (readonly [string, readonly string[], number, string])[] = [
  ["no count", [...options], 2, "E_CONFIG: expected --windows or --epochs, got neither"],
  [
    "two counts",
    [...options, "--windows", "5", "--epochs", "1"],
    2,
    "E_CONFIG: expected --windows or --epochs, got both: 5 and 1",
  ],
  ["no genome", ["--windows", "5"], 2, "E_CONFIG: expected --genome or --fasta, got neither"],
  [
    "a part that is none",
    [...options, "--windows", "5", "--shard", "0/2"],
    2,
    'E_CONFIG: expected --shard to be I/N with I from 1 to N, and N at most 1000000, got "0/2" (string)',
  ],
  [
    "too many shards",
    [...options, "--windows", "999999999999"],
    2,
    "E_CONFIG: expected at most 250,000 shards in a folder, got 6,535,947,715: use a larger --shard-bytes, or fewer windows",
  ],
];
test.concurrent.each(refusals)("%s", async (name, args, code, message) => {
  const refused = await prepare(inFolder(`refused-${name}`), ...args);
  expect([refused.code, errorLines(refused)]).toEqual([code, [`gdiff: ${message}`]]);
  expect(readdirSync(folder)).not.toContain(`refused-${name}`);
});

test("what no disk has room for", async () => {
  const out = inFolder("refused-huge");
  const args = ["--fasta", fasta, "--length", "100", "--windows", "99999999999999"];
  const refused = await prepare(out, ...args, "--shard-bytes", String(2 ** 30), "--shard", "1/2");
  expect(refused.code).toBe(2);
  const huge = ["--windows", "1000000000000", "--shard-bytes", String(2 ** 30)];
  const full = await prepare(out, "--fasta", fasta, "--length", "100", ...huge);
  expect([full.code, errorLines(full)]).toEqual([
    1,
    [
      expect.stringMatching(
        /: expected 118\.\d TiB of free disk space, got [\d.]+ [KMGT]iB: free some, or choose another folder$/,
      ),
    ],
  ]);
});

test("other windows than the folder was begun with, and leaves it as it is", async () => {
  const out = inFolder("other");
  cpSync(whole, out, { recursive: true });
  const others = [
    [["--length", "101"], "data.length: expected 100, got 101"],
    [
      ["--seed", "8", "--max-n", "0.5"],
      "data.maxN: expected 0.05, got 0.5; seed: expected 7, got 8",
    ],
    [["--train", "contig_1"], "data.train: expected none, got contig_1"],
    [["--shard-bytes", "30000"], "shardBytes: expected 20000, got 30000"],
  ] as const;
  for (const [args, difference] of others) {
    const refused = await prepare(out, ...args);
    expect([refused.code, errorLines(refused)]).toEqual([
      2,
      [
        `gdiff: E_CONFIG: cannot go on in ${out} with other windows than it was begun with: ${difference} ` +
          "(leave them out, or give another --out)",
      ],
    ]);
  }
  expect(filesBelow(out)).toEqual(filesBelow(whole));
});

test("a genome whose bases are others now", async () => {
  const own = inFolder("changing.fa");
  const out = inFolder("changed");
  writeFileSync(own, GENOME_TEXT);
  const args = ["--fasta", own, "--length", "100", "--windows", "20"];
  expect(await prepare(out, ...args)).toMatchObject({ code: 0 });
  writeFileSync(own, readFileSync(own, "utf8").replaceAll(/[Aa]/g, "T"));
  const refused = await prepare(out, "--windows", "30");
  expect([refused.code, errorLines(refused)]).toEqual([
    2,
    [
      `gdiff: E_CONFIG: cannot go on in ${out} with other data than it was begun with: ` +
        "the genome has other contigs, regions or bases, or gdiff finds windows otherwise now (give another --out)",
    ],
  ]);
});

test("a folder of other things, and a file", async () => {
  const out = inFolder("things");
  mkdirSync(out);
  writeFileSync(join(out, "thesis.tex"), "");
  const refused = await prepare(out, ...options, "--windows", "5");
  expect([refused.code, errorLines(refused)]).toEqual([
    1,
    [
      `gdiff: E_FILE: expected ${out} to be empty, new, or a folder of shards, got one with thesis.tex: give another --out`,
    ],
  ]);
  const file = await prepare(join(out, "thesis.tex"), ...options, "--windows", "5");
  expect([file.code, errorLines(file)]).toEqual([
    1,
    [
      `gdiff: E_FILE: ${out}/thesis.tex: expected a folder for shards, got a file: give another --out`,
    ],
  ]);
});
