/** Threads run built code: a program of its own, which must end by itself, with nothing on stderr. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runProgram } from "../cli/spawn-program.ts";
import { bgzfBlock, bgzfFile, EOF_BYTES } from "./bgzf-fixture.ts";
import { bytesOf, concat, dice, randomLetters, temporaryFile } from "./fixtures.ts";

const PROGRAM = join(import.meta.dirname, "parallel-bgzf-program.mjs");

interface Outcome {
  readonly bytes: number;
  readonly md5: string;
  readonly refusal: string;
}

/** @param wait milliseconds after the first piece, in which the threads begin; before, who asks decodes by itself */
async function decode(
  file: Uint8Array,
  threads: number,
  wait = 400,
  ...more: string[]
): Promise<Outcome> {
  const path = temporaryFile("x.gz", file);
  const { code, stdout, stderr } = await runProgram(PROGRAM, [
    path,
    String(threads),
    String(wait),
    ...more,
  ]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

const LETTERS = randomLetters(300_000, "ACGTacgtN\n", dice(71));
const TEXT = LETTERS.repeat(40); // 12 MB: more than all batches of 3 threads hold
const FILE = bgzfFile(TEXT, 65_280);

test.each([
  [1, 400],
  [3, 400],
  [2, 0],
])("with %i threads and %i ms for them the text is the same, in order", async (threads, wait) => {
  const { bytes, md5, refusal } = await decode(FILE, threads, wait);
  expect(refusal).toBe("");
  expect(bytes).toBe(TEXT.length);
  expect(md5).toBe(createHash("md5").update(TEXT).digest("hex"));
});

test("blocks of every size are taken: empty ones in the middle, and those that do not compress", async () => {
  const roll = dice(72);
  const noise = Uint8Array.from({ length: 65_000 }, () => roll(256));
  const parts = [EOF_BYTES, bgzfBlock(noise), EOF_BYTES, bgzfBlock(bytesOf("A")), bgzfBlock(noise)];
  const runs = Array.from({ length: 400 }, () => bgzfBlock(new Uint8Array(65_280).fill(0x4e)));
  const { bytes, refusal } = await decode(concat(...parts, ...runs, EOF_BYTES), 2);
  expect([bytes, refusal]).toEqual([65_000 * 2 + 1 + 400 * 65_280, ""]);
});

test("who stops early stops the threads", async () => {
  expect((await decode(FILE, 2, 400, "stop")).bytes).toBeGreaterThan(0);
});

describe("refuses", () => {
  test("a damaged block in the middle, by its place, after the text before it", async () => {
    const file = Uint8Array.from(FILE);
    const at = Math.floor(file.length / 2);
    file[at] = (file[at] as number) ^ 1;
    const { bytes, refusal } = await decode(file, 3);
    expect(refusal).toMatch(/^CompressionError: x\.gz, byte \d+: .* \(the file is damaged/);
    expect(bytes).toBeGreaterThan(TEXT.length / 4);
    expect(bytes).toBeLessThan(TEXT.length / 2 + 2 ** 20);
  });

  test("a file without its end, and one that is cut in a block", async () => {
    expect((await decode(FILE.slice(0, -28), 2)).refusal).toContain("end-of-file block");
    expect((await decode(FILE.slice(0, -1000), 2)).refusal).toContain("(the file is cut");
  });
});
