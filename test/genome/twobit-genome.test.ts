import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Genome } from "../../src/genome/genome.ts";
import { memorySource } from "../../src/genome/memory-source.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { openTwoBit } from "../../src/genome/twobit-genome.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";
import {
  dice,
  failure,
  randomLetters,
  temporaryFile,
  temporaryFolder,
  textOf,
} from "./fixtures.ts";
import { twoBitFile } from "./twobit-fixture.ts";

/** The file of the format's description: one contig "a", ACGTNNac, written by hand. */
const BY_HAND = Uint8Array.from(
  [
    "43 27 41 1a  00 00 00 00  01 00 00 00  00 00 00 00", // signature, version, count, reserved
    "01 61  16 00 00 00", // name, offset 22
    "08 00 00 00", // bases
    "01 00 00 00  04 00 00 00  02 00 00 00", // N: one run, at 4, 2 long
    "01 00 00 00  06 00 00 00  02 00 00 00", // lower case: one run, at 6, 2 long
    "00 00 00 00", // reserved
    "9c 09", // A 10 C 01 G 11 T 00 | N 00 N 00 A 10 C 01
  ]
    .join(" ")
    .trim()
    .split(/\s+/)
    .map((byte) => Number.parseInt(byte, 16)),
);

async function open(bytes: Uint8Array): Promise<Genome> {
  return (await openTwoBit(memorySource("x.2bit", bytes))).genome;
}

async function whole(genome: Genome, contig = "a"): Promise<string> {
  const length = genome.contigs.find(({ name }) => name === contig)?.length ?? 0;
  return textOf(await genome.read({ contig, start: 0, end: length }));
}

test("reads the description's bytes", async () => {
  const genome = await open(BY_HAND);
  expect(genome.contigs).toEqual([{ name: "a", length: 8 }]);
  expect(await whole(genome)).toBe("ACGTNNac");
  expect(BY_HAND).toEqual(twoBitFile([["a", "ACGTNNac"]]));
});

/** Bases with runs of N and of lower case, and both at once. */
function patchyBases(length: number, roll: (bound: number) => number): string {
  let bases = "";
  while (bases.length < length) {
    const part = randomLetters(
      1 + roll(30),
      ["ACGT", "ACGT", "N", "acgt", "n"][roll(5)] ?? "",
      roll,
    );
    bases += part;
  }
  return bases.slice(0, length);
}

describe.each([
  { version: 0, isLittleEndian: true },
  { version: 0, isLittleEndian: false },
  { version: 1, isLittleEndian: true },
  { version: 1, isLittleEndian: false },
] as const)("a file of %j", (options) => {
  test("gives any window, at once and through promises alone", async () => {
    const roll = dice(51);
    const contigs = Array.from(
      { length: 30 },
      (_, i) => [`c${i}`, patchyBases(roll(300), roll)] as const,
    );
    const memory = memorySource("x.2bit", twoBitFile(contigs, options));
    const { readSync: _, ...promised } = memory;
    for (const source of [memory, promised]) {
      const { genome, emptyContigs } = await openTwoBit(source);
      expect("readSync" in genome).toBe(source === memory);
      const filled = contigs.filter(([, bases]) => bases !== "");
      expect(genome.contigs.map(({ name }) => name)).toEqual(filled.map(([name]) => name));
      expect(emptyContigs).toHaveLength(contigs.length - filled.length);
      for (const [contig, bases] of filled) {
        for (let i = 0; i < 40; i++) {
          const start = roll(bases.length + 1);
          const end = start + roll(bases.length + 1 - start);
          expect(textOf(await genome.read({ contig, start, end }))).toBe(bases.slice(start, end));
        }
        expect(await whole(genome, contig)).toBe(bases);
      }
      expect(await failure(() => genome.read({ contig: "c", start: 0, end: 1 }))).toContain(
        'got "c" (nearest:',
      );
    }
  });
});

test("reads a contig longer than one piece", async () => {
  const bases = `${randomLetters(999, "ACGTn", dice(5))}T`.repeat(4300);
  const genome = await open(twoBitFile([["a", bases]]));
  const got = textOf(await genome.read({ contig: "a", start: 5, end: bases.length - 2 }));
  expect(got === bases.slice(5, -2)).toBe(true);
});

test("openGenome takes it by its first bytes, and tells of contigs without bases", async () => {
  const path = temporaryFile(
    "named.gz",
    twoBitFile([
      ["a", "ACGT"],
      ["b", ""],
    ]),
  ); // prettier-ignore
  const { genome, notices } = await openGenome(path);
  expect(await whole(genome)).toBe("ACGT");
  expect(notices).toEqual([
    `${path} is named as gzip but is 2bit: read as 2bit`,
    `${path}: contig "b" has no bases and is left out`,
  ]);
  await genome.close();
  expect(await failure(() => genome.read({ contig: "a", start: 0, end: 1 }))).toContain("closed");
});

describe("refuses", () => {
  const GOOD = twoBitFile([
    ["a", "ACGTNNac"],
    ["bb", "nACGTACGTA"],
  ]); // prettier-ignore
  const A = 16 + 6 + 7; // the record of a, 34 bytes
  const patched = (at: number, ...bytes: readonly number[]): Uint8Array => {
    const copy = Uint8Array.from(GOOD);
    copy.set(bytes, at);
    return copy;
  };
  const REMEDY = "(the file is damaged: fetch it again)";
  test.each([
    ["a header that is cut", GOOD.slice(0, 15), "expected a header of 16 bytes, got 15"],
    ["another version", patched(4, 2), "expected 2bit version 0 or 1, got 2"],
    ["a reserved field in use", patched(12, 1), "expected 0 in the header's reserved field, got 1"],
    ["no contig", patched(8, 0), "expected at least one sequence, but it has none"],
    [
      "contigs beyond the limit",
      patched(8, 0, 0, 0, 0xff),
      "expected at most 4,194,304 contigs, got 4,278,190,080",
    ],
    [
      "an index that is cut",
      GOOD.slice(0, 25),
      "expected 2 contigs in its index, got 1 before the end of the file",
    ],
    [
      "a name with a control character",
      patched(17, 9),
      "expected the name of contig 1 at byte 17 to be text without blanks",
    ],
    [
      "a name that is not UTF-8",
      patched(17, 0xc1),
      "expected the name of contig 1 at byte 17 to be text without blanks",
    ],
    [
      "an empty name",
      patched(16, 0),
      "expected the name of contig 1 at byte 17 to be text without blanks",
    ],
    [
      "a record before the index's end",
      patched(18, 20),
      `expected the record of "a" between bytes 29 and ${GOOD.length}, each in its own place, got 20`,
    ],
    [
      "a record behind the end",
      patched(25, 0xff),
      `expected the record of "bb" between bytes 255 and ${GOOD.length}, each in its own place, got 255`,
    ],
  ])("%s", async (_, bytes, message) => {
    expect(await failure(() => open(bytes))).toBe(`TwoBitError: x.2bit: ${message} ${REMEDY}`);
  });

  test.each([
    ["more runs than bases", patched(A + 4, 9), 'expected at most 8 runs of N in "a", got 9'],
    [
      "runs past the record",
      patched(A + 4, 7),
      'expected the whole record of "a" before byte 63, got a part',
    ],
    [
      "a run past the contig",
      patched(A + 12, 5),
      'runs of N in "a": expected run 1 to lie between bases 0 and 8, got 4 to 9',
    ],
    [
      "an empty run",
      patched(A + 24, 0),
      'runs of soft-masked bases in "a": expected run 1 to lie between bases 0 and 8, got 6 to 6',
    ],
    [
      "a record's reserved field in use",
      patched(A + 28, 1),
      'expected 0 in the reserved field of "a", got 1',
    ],
    [
      "more bases than there is place for",
      patched(A, 9),
      'expected the 9 bases of "a" to end at byte 63, where the next record or the file\'s end is, got byte 64',
    ],
  ])("%s", async (_, bytes, message) => {
    const genome = await open(bytes);
    expect(await failure(() => whole(genome))).toBe(`TwoBitError: x.2bit: ${message} ${REMEDY}`);
  });

  test("two contigs of one name", async () => {
    const twice = twoBitFile([
      ["a", "A"],
      ["a", "C"],
    ]); // prettier-ignore
    expect(await failure(() => open(twice))).toBe(
      `TwoBitError: x.2bit: expected unique names, got "a" again ${REMEDY}`,
    );
  });

  test("contigs without any base, and one that is none by a damaged length", async () => {
    expect(await failure(() => open(twoBitFile([["a", ""]])))).toBe(
      "TwoBitError: x.2bit: expected at least one base, but every contig is empty",
    );
    expect(await failure(() => open(patched(A, 0)))).toContain('runs of N in "a", got 1');
  });

  test("a file cut anywhere", async () => {
    for (let length = 0; length < GOOD.length; length++) {
      const cut = GOOD.slice(0, length);
      const outcome = await failure(async () => {
        const genome = await open(cut);
        for (const { name } of genome.contigs) await whole(genome, name);
      });
      expect(outcome).toContain("TwoBitError: x.2bit: ");
    }
  });
});

describe.skipIf(!hasPythonModule("py2bit"))("beside py2bit", () => {
  test("has the same contigs, bases and soft-masking", () => beside());
});

async function beside(): Promise<void> {
  const roll = dice(61);
  const contigs = Array.from(
    { length: 8 },
    (_, i) => [`chr${i}`, patchyBases(1 + roll(3000), roll)] as const,
  );
  const path = join(temporaryFolder(), "x.2bit");
  writeFileSync(path, twoBitFile(contigs));
  const { genome } = await openGenome(path);
  const code = `import sys, json, py2bit
file = py2bit.open(sys.argv[1], True)
print(json.dumps([[name, file.sequence(name)] for name in file.chroms()]))`;
  const theirs = new Map<string, string>(JSON.parse(runPython(code, [path])));
  expect(theirs.size).toBe(contigs.length);
  for (const [name] of contigs) {
    // py2bit leaves N in upper case where it is soft-masked; UCSC's own programs do not.
    const bases = await whole(genome, name);
    expect(bases.replaceAll("n", "N")).toBe(theirs.get(name));
  }
  await genome.close();
}
