/** What a flipped bit in a .2bit file does, which has no checksum: the parser's part, and what is left to digests. */

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { TwoBitError } from "../../src/errors.ts";
import { memorySource } from "../../src/genome/memory-source.ts";
import { openTwoBit } from "../../src/genome/twobit-genome.ts";
import { textOf } from "./fixtures.ts";
import { twoBitFile } from "./twobit-fixture.ts";

const CONTIGS = [
  ["chrA", "ACGTNNacgtACGTTGCAn"],
  ["chrB", "GGGGCCCCaaaa"],
] as const;

/** Fields that a reader has no way to doubt, by their bytes in `FILE`; the others are refused or change nothing. */
const FILE = twoBitFile(CONTIGS);
const NAMES = [17, 18, 19, 20, 26, 27, 28, 29];
const A = 34; // record of chrA: length, N runs 1 + 2 × 2, soft-masked runs 1 + 2 × 2, reserved, 5 bytes of bases
const B = A + 4 * (1 + 5 + 5 + 1) + 5; // of chrB: length, no N, 1 soft-masked run, reserved, 3 bytes
const LENGTHS = [A, B];
const UNKNOWN_RUNS = span(A + 8, 16);
const SOFT_MASKED_RUNS = [...span(A + 28, 16), ...span(B + 12, 8)];
const BASES = [...span(FILE.length - 3, 3), ...span(B - 5, 5)];

function span(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => start + i);
}

/** Each contig's text, or undefined where the reader refused. */
async function readAll(bytes: Uint8Array): Promise<Map<string, string> | undefined> {
  try {
    const { genome } = await openTwoBit(memorySource("x.2bit", bytes));
    const texts = new Map<string, string>();
    for (const { name, length } of genome.contigs) {
      texts.set(name, textOf(await genome.read({ contig: name, start: 0, end: length })));
    }
    return texts;
  } catch (error) {
    if (error instanceof TwoBitError) return undefined;
    throw error;
  }
}

function digests(texts: ReadonlyMap<string, string>): string[] {
  return [...texts].map(
    ([name, text]) => `${name} ${createHash("md5").update(text.toUpperCase()).digest("hex")}`,
  );
}

test("any flipped bit is refused or harmless, or changes what its field says and the contig's MD5", async () => {
  const whole = await readAll(FILE);
  expect(whole).toEqual(new Map(CONTIGS));
  const expected = digests(whole ?? new Map());
  for (let bit = 0; bit < 8 * FILE.length; bit++) {
    const byte = bit >>> 3;
    const flipped = Uint8Array.from(FILE);
    flipped[byte] = (FILE[byte] as number) ^ (1 << (bit & 7));
    const texts = await readAll(flipped);
    if (texts === undefined) continue;
    const isSame = [...texts].join() === CONTIGS.join();
    if (isSame) continue;
    if (SOFT_MASKED_RUNS.includes(byte)) {
      expect(digests(texts)).toEqual(expected); // only the file's own SHA-256 sees it
      continue;
    }
    expect([...NAMES, ...LENGTHS, ...UNKNOWN_RUNS, ...BASES]).toContain(byte);
    expect(digests(texts)).not.toEqual(expected);
  }
});
