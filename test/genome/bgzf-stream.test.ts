import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { bgzfStream } from "../../src/genome/bgzf-stream.ts";
import { nodeInflate } from "../../src/genome/node-inflate.ts";
import { hasProgram } from "../support/oracles.ts";
import { bgzfBlock, bgzfFile, EOF_BYTES } from "./bgzf-fixture.ts";
import { bytesOf, concat, dice, failure, pieces, randomLetters, textOf } from "./fixtures.ts";

async function readAll(parts: Iterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of bgzfStream(parts, "x.gz", nodeInflate)) text += textOf(piece);
  return text;
}

const TEXT = `>a\n${randomLetters(700, "ACGT", dice(2))}\n`;

test("reads the text, whatever the pieces and further subfields of the header", async () => {
  const file = bgzfFile(TEXT, 100);
  for (const length of [1, 2, 3, 11, 12, 17, 18, 27, 28, 29, file.length]) {
    expect(await readAll(pieces(file, length)), `pieces of ${length}`).toBe(TEXT);
  }
  const extra = Uint8Array.of(0x41, 0x42, 2, 0, 7, 7);
  const odd = concat(
    bgzfBlock(bytesOf("AC"), extra, extra),
    EOF_BYTES,
    bgzfBlock(bytesOf("GT")),
    EOF_BYTES,
  );
  expect(await readAll([odd])).toBe("ACGT");
});

describe("refuses", () => {
  const file = bgzfFile(TEXT, 100);
  test("a stream that is cut anywhere", async () => {
    for (let length = 0; length < file.length; length++) {
      const said = await failure(() => readAll([file.subarray(0, length)]));
      expect(said, `cut at ${length}`).toMatch(
        /^CompressionError: x\.gz: expected .*(cut|damaged)/,
      );
    }
  });

  test("every flipped bit that changes the text, or the header's length", async () => {
    const small = bgzfFile("ACGTACGTNNAC\n", 13);
    for (let bit = 0; bit < small.length * 8; bit++) {
      const flipped = small.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      const said = await readAll([flipped]).catch((error: unknown) => error);
      if (typeof said === "string") expect(said, `bit ${bit}`).toBe("ACGTACGTNNAC\n");
      else expect(said).toMatchObject({ code: "E_COMPRESSION" });
    }
  });

  test("what is appended, and plain gzip", async () => {
    for (const more of [bytesOf("x"), new Uint8Array(40), bgzfBlock(bytesOf("A"))]) {
      await expect(readAll([concat(file, more)])).rejects.toThrow(/appended/);
    }
    const gzip = Uint8Array.from([
      0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    await expect(readAll([gzip])).rejects.toThrow(
      "x.gz: expected a BGZF block at byte 0, got something else",
    );
  });
});

test.skipIf(!hasProgram("bgzip"))("reads what bgzip writes", async () => {
  const text = `>a\n${randomLetters(300_000, "ACGTN", dice(5))}\n`;
  const { stdout } = spawnSync("bgzip", ["-c"], { input: text, maxBuffer: 2 ** 24 });
  expect(await readAll(pieces(stdout, 65_536))).toBe(text);
});
