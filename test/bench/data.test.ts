import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDataArguments } from "../../bench/data/arguments.ts";
import { makeText } from "../../bench/data/make-text.ts";
import { passOver } from "../../bench/data/pass.ts";
import { dataBenchResult, formatDataBench } from "../../bench/data/result.ts";
import { takeTurns } from "../../bench/data/rounds.ts";
import { writeTwoBit } from "../../bench/data/write-two-bit.ts";
import { runBench } from "../../bench/main.ts";
import { UsageError } from "../../src/errors.ts";
import { memoryGenome } from "../../src/genome/memory-genome.ts";
import {
  bytesOf,
  dice,
  randomLetters,
  temporaryFile,
  temporaryFolder,
} from "../genome/fixtures.ts";
import { twoBitFile } from "../genome/twobit-fixture.ts";

describe("parseDataArguments", () => {
  test("has defaults for all but the FASTA", () => {
    expect(parseDataArguments(["windows", "--fasta", "x.fa", "--python", "p"])).toEqual({
      name: "windows",
      fasta: "x.fa",
      megabytes: 500,
      rounds: 5,
      folder: undefined,
      isBgzip: false,
      python: "p",
      isJson: false,
    });
  });

  test.each([
    [
      ["window"],
      "expected NAME to be one of fasta-pass, contig-facts, windows, human-size, first-step, workers, got window",
    ],
    [
      [],
      "expected NAME to be one of fasta-pass, contig-facts, windows, human-size, first-step, workers, got none",
    ],
    [["windows"], "expected --fasta FILE, got none"],
    [
      ["windows", "--fasta", "x", "--rounds", "0"],
      "expected --rounds to be a positive whole number, got 0",
    ],
  ])("refuses %j", (argv, message) => {
    expect(() => parseDataArguments(argv)).toThrow(new UsageError(message));
  });

  test("a wrong command line prints the usage", async () => {
    let said = "";
    const io = {
      stdout: () => {},
      stderr: (text: string) => {
        said += text;
      },
    };
    expect(await runBench(["data", "nothing"], io)).toBe(2);
    expect(said).toContain("npm run -s bench -- data NAME --fasta FILE");
  });
});

test("the text that is read has the bases that it is made of, and the pass counts them", async () => {
  const bases = randomLetters(1000, "ACGTacgtN", dice(3));
  const from = temporaryFile("x.fa", `>a\n${bases}\n`);
  const path = join(temporaryFolder(), "made.fa");
  const textBytes = await makeText(from, path, 2500);
  const text = readFileSync(path, "latin1");
  expect(text.length).toBe(textBytes);
  expect(text.replaceAll(/>.*\n|\n/g, "")).toBe(bases.repeat(3));
  const pass = await passOver(path);
  expect([pass.textBytes, pass.bases]).toEqual([textBytes, 3000]);
  expect(pass.records.map(({ name }) => name)).toEqual(["a_1", "a_2", "a_3"]);
});

test("writes the .2bit file that the format describes", async () => {
  const contigs = [
    ["a", "ACGTNNacgTn"],
    ["b", "nnAC"],
  ] as const; // prettier-ignore
  const path = join(temporaryFolder(), "x.2bit");
  writeFileSync(path, "");
  const genome = memoryGenome(
    "x",
    contigs.map(([name, bases]) => ({ name, bases: bytesOf(bases) })),
  );
  await writeTwoBit(genome, path);
  expect(Uint8Array.from(readFileSync(path))).toEqual(twoBitFile(contigs));
});

test("contestants take turns in every order, the first time without counting", async () => {
  const order: string[] = [];
  const contestants = ["a", "b"].map((name, i) => ({
    name,
    async run(round: number) {
      order.push(`${name}${round}`);
      return i + round;
    },
  }));
  const timings = await takeTurns(contestants, 3);
  expect(order.join(" ")).toBe("a0 b0 b1 a1 a2 b2 b3 a3");
  expect(timings.map(({ seconds }) => seconds)).toEqual([2, 3]);
  const result = dataBenchResult("x", "bytes", timings, () => 6, [["a", "b", 1.5]]);
  expect(result.ratios).toEqual([{ what: "a", against: "b", ratio: 1.5, wanted: 1.5 }]);
  expect(formatDataBench(result).join("\n")).toContain("a against b: 1.50 (wanted 1.5)");
});
