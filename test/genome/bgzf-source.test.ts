import { describe, expect, test } from "vitest";
import { openBgzf } from "../../src/genome/bgzf-source.ts";
import { buildGzi } from "../../src/genome/bgzf-walk.ts";
import type { ByteSource } from "../../src/genome/byte-source.ts";
import type { Gzi } from "../../src/genome/gzi.ts";
import { memorySource } from "../../src/genome/memory-source.ts";
import { nodeInflate } from "../../src/genome/node-inflate.ts";
import { bgzfBlock, bgzfFile, EOF_BYTES } from "./bgzf-fixture.ts";
import { bytesOf, concat, dice, failure, randomLetters, textOf } from "./fixtures.ts";

const TEXT = randomLetters(1000, "ACGTN\n", dice(1));

function open(bytes: Uint8Array, options = {}): ReturnType<typeof openBgzf> {
  return openBgzf(memorySource("x.gz", bytes), nodeInflate, options);
}

async function wholeText(bytes: Uint8Array, options = {}): Promise<string> {
  const source = await open(bytes, options);
  return textOf(await source.read(0, source.size));
}

/** The same source as it would be over a network: no `readSync`. */
function asyncOnly(source: ByteSource): ByteSource {
  return { name: source.name, size: source.size, read: source.read, close: source.close };
}

test("reads any range of the text, in one step and through promises alone", async () => {
  for (const blockText of [1, 7, 64, 999, 1000, 1001]) {
    const inner = memorySource("x.gz", bgzfFile(TEXT, blockText));
    const step = await openBgzf(inner, nodeInflate);
    const promised = await openBgzf(asyncOnly(inner), nodeInflate);
    expect(promised.readSync).toBeUndefined();
    expect(step.size).toBe(TEXT.length);
    const roll = dice(blockText);
    for (let i = 0; i < 50; i++) {
      const start = roll(TEXT.length + 1);
      const length = roll(TEXT.length + 1 - start);
      const expected = TEXT.slice(start, start + length);
      expect(textOf(await step.read(start, length))).toBe(expected);
      expect(textOf(await promised.read(start, length, new Uint8Array(length + 3)))).toBe(expected);
    }
    await step.close();
  }
});

test("refuses a range past the end of the text", async () => {
  const source = await open(bgzfFile(TEXT, 100));
  expect(await failure(() => source.read(990, 11))).toBe(
    "FileError: x.gz: expected 11 bytes at byte 990, but it has only 1000 (was it cut or replaced?)",
  );
});

test("decodes each of nearby blocks once", async () => {
  let decoded = 0;
  const counting = {
    ...nodeInflate,
    inflateRaw: (bytes: Uint8Array, length: number) => {
      decoded++;
      return nodeInflate.inflateRaw(bytes, length);
    },
  };
  const source = await openBgzf(memorySource("x.gz", bgzfFile(TEXT, 100)), counting);
  for (let i = 0; i < 200; i++) await source.read(150 + i, 100);
  expect(decoded).toBe(4); // [150, 449) lies on blocks 1 … 4
});

describe("the end-of-file block", () => {
  const whole = bgzfFile(TEXT, 300);
  const withoutEof = whole.slice(0, -28);

  test("must stand at the end", async () => {
    expect(await failure(() => open(withoutEof))).toBe(
      "CompressionError: x.gz: expected BGZF's end-of-file block in the last 28 bytes, got something else (the file is cut or has something appended: fetch it again; if it was made so, recompress it: gunzip, then bgzip)",
    );
  });

  test("may be missing when that is allowed", async () => {
    expect(await wholeText(withoutEof, { allowMissingEof: true })).toBe(TEXT);
  });

  test("may stand in the middle and at the start", async () => {
    const text = TEXT + TEXT;
    expect(await wholeText(concat(whole, whole))).toBe(text);
    expect(await wholeText(concat(EOF_BYTES, EOF_BYTES, whole, EOF_BYTES, whole, EOF_BYTES))).toBe(
      text,
    );
  });
});

describe("a damaged file", () => {
  test("cut at any byte is refused", async () => {
    const whole = bgzfFile(TEXT.slice(0, 200), 50);
    for (let length = 0; length < whole.length; length++) {
      expect(await failure(() => wholeText(whole.slice(0, length)))).toMatch(/^CompressionError: /);
    }
  });

  test("cut inside a block is refused though its end-of-file block may be missing", async () => {
    const whole = bgzfFile(TEXT, 300);
    expect(await failure(() => open(whole.slice(0, -30), { allowMissingEof: true }))).toMatch(
      /^CompressionError: x\.gz: expected a BGZF block of \d+ bytes at byte \d+, got \d+ \(the file is cut: fetch it again\)$/,
    );
  });

  test("with something appended is refused", async () => {
    const whole = bgzfFile(TEXT, 300);
    const appended = concat(whole, bytesOf("garbage"));
    expect(await failure(() => open(appended))).toMatch(
      /^CompressionError: x\.gz: expected BGZF's end-of-file block/,
    );
    expect(await failure(() => open(appended, { allowMissingEof: true }))).toBe(
      `CompressionError: x.gz: expected a BGZF block at byte ${whole.length}, got something else (the file is damaged or has something appended: fetch it again)`,
    );
  });

  test("with any single bit flipped is refused, or gives the same text", async () => {
    const text = TEXT.slice(0, 120);
    const whole = bgzfFile(text, 50);
    let refused = 0;
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >>> 3] = (flipped[bit >>> 3] as number) ^ (1 << (bit & 7));
      try {
        expect(await wholeText(flipped), `bit ${bit}`).toBe(text);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== "CompressionError") throw error;
        refused++;
      }
    }
    // What may change without harm is mtime, xfl and os: 6 bytes in each of 3 blocks; the end-of-file block is literal.
    expect(whole.length * 8 - refused).toBeGreaterThanOrEqual(3 * 6 * 8);
    expect(whole.length * 8 - refused).toBeLessThan(3 * 6 * 8 + 40);
  });
});

describe("an index of another file", () => {
  async function withGzi(change: (gzi: Gzi) => void): Promise<string> {
    const bytes = bgzfFile(TEXT, 300);
    const gzi = await buildGzi(memorySource("x.gz", bytes));
    change(gzi);
    return failure(() => wholeText(bytes, { gzi }));
  }
  const remedy =
    "(the index belongs to another file, or the file is damaged: delete the .gzi and it will be rebuilt)";

  test("is found out when a block does not begin where it says", async () => {
    expect(await withGzi((gzi) => (gzi.compressed[1] = (gzi.compressed[1] as number) + 1))).toMatch(
      /^IndexFileError: x\.gz: expected a BGZF block at byte \d+ by its \.gzi, got something else \(/,
    );
  });

  test("is found out when a block is not as long as it says", async () => {
    const message = await withGzi((gzi) => (gzi.uncompressed[1] = 299));
    expect(message).toBe(
      `IndexFileError: x.gz: expected a BGZF block at byte 0 by its .gzi, got a block of 300 bytes where it says 299 ${remedy}`,
    );
  });

  test("is found out when its last entry is wrong", async () => {
    expect(await withGzi((gzi) => (gzi.compressed[3] = (gzi.compressed[3] as number) + 2))).toMatch(
      /^CompressionError: x\.gz: expected a BGZF block at byte \d+, got something else \(.+\); or its \.gzi belongs to another file: delete it$/,
    );
  });

  test("is found out when it lists a block that would be too long", async () => {
    const inner = memorySource(
      "x.gz",
      concat(bgzfFile(TEXT, 300), new Uint8Array(2 ** 24), bgzfFile(TEXT, 300)),
    );
    const last = inner.size - bgzfFile(TEXT, 300).length;
    const gzi = { compressed: Float64Array.of(0, last), uncompressed: Float64Array.of(0, 1000) };
    const source = await openBgzf(inner, nodeInflate, { gzi });
    expect(await failure(() => source.read(0, 1))).toBe(
      `IndexFileError: x.gz: expected a BGZF block at byte 0 by its .gzi, got a span of ${last} bytes ${remedy}`,
    );
  });
});

test("takes a sparse index", async () => {
  const bytes = bgzfFile(TEXT, 100);
  const full = await buildGzi(memorySource("x.gz", bytes));
  const gzi = {
    compressed: full.compressed.filter((_, i) => i % 3 === 0),
    uncompressed: full.uncompressed.filter((_, i) => i % 3 === 0),
  };
  expect(await wholeText(bytes, { gzi })).toBe(TEXT);
});

test("refuses an index so sparse that one base would cost much memory", async () => {
  const gzi = { compressed: Float64Array.of(0), uncompressed: Float64Array.of(0) };
  const open = (bases: number) =>
    openBgzf(memorySource("x.gz", bgzfFile("A".repeat(bases), 65280)), nodeInflate, { gzi });
  const most = await open(2 ** 22);
  expect(await most.read(9, 1)).toEqual(bytesOf("A"));
  const more = await open(2 ** 22 * 1.5);
  expect(await failure(() => more.read(9, 1))).toBe(
    "IndexFileError: x.gz: expected at most 4.0 MiB of text between two entries of its .gzi, got 6.0 MiB at byte 0 (delete the .gzi and it will be rebuilt)",
  );
});

test("stops decoding a span that holds more than its index says", async () => {
  const blocks = Array.from({ length: 500 }, () => bgzfBlock(bytesOf("A".repeat(65280))));
  const bytes = concat(...blocks, EOF_BYTES);
  const last = bytes.length - EOF_BYTES.length - (blocks[0] as Uint8Array).length;
  const gzi = { compressed: Float64Array.of(0, last), uncompressed: Float64Array.of(0, 65000) };
  let inflated = 0;
  const source = await openBgzf(
    memorySource("x.gz", bytes),
    {
      ...nodeInflate,
      inflateRaw: (block, expectedLength) => {
        inflated++;
        return nodeInflate.inflateRaw(block, expectedLength);
      },
    },
    { gzi },
  );
  expect(await failure(() => source.read(0, 1))).toMatch(/got a block of 65280 bytes where/);
  expect(inflated).toBe(1);
});

test("takes a block with other subfields and a long extra field", async () => {
  const long = concat(Uint8Array.from([0x5a, 0x5a, 0x2c, 0x01]), new Uint8Array(300));
  expect(await wholeText(concat(bgzfBlock(bytesOf("ACGT"), long), EOF_BYTES))).toBe("ACGT");
});
