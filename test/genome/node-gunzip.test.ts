import { crc32, deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gunzip, MAX_RATIO } from "../../src/genome/node-gunzip.ts";
import { bytesOf, concat, dice, failure, pieces, randomLetters, textOf } from "./fixtures.ts";

const TEXT = `>a\n${randomLetters(300, "ACGT", dice(5))}\n`;
const MEMBER: Uint8Array = Uint8Array.from(gzipSync(TEXT)); // a Buffer's slice would share its bytes

async function text(
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  maxBytes?: number,
): Promise<string> {
  let all = "";
  for await (const piece of gunzip(parts, "x.gz", maxBytes)) all += textOf(piece);
  return all;
}

/** A member with every optional field of RFC 1952, and the CRC of its header when it is right. */
function dressedMember(headerCrcOffset = 0): Uint8Array {
  const header = concat(
    Uint8Array.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 1, 2, 3, 4, 0, 3, 3, 0, 9, 9, 9]),
    bytesOf("name.fa\0a comment\0"),
  );
  const trailer = new Uint8Array(10);
  const view = new DataView(trailer.buffer);
  view.setUint16(0, (crc32(header) + headerCrcOffset) & 0xffff, true);
  view.setUint32(2, crc32(TEXT), true);
  view.setUint32(6, TEXT.length, true);
  return concat(header, trailer.subarray(0, 2), deflateRawSync(TEXT), trailer.subarray(2));
}

describe("a whole stream", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 64, 10_000])("is read in pieces of %d bytes", async (length) => {
    const joined = concat(MEMBER, gzipSync(""), dressedMember(), MEMBER);
    expect(await text(pieces(joined, length))).toBe(TEXT.repeat(3));
  });

  test("may end in zeros, as tapes pad it", async () => {
    const padded = concat(MEMBER, new Uint8Array(700));
    expect(await text(pieces(padded, 100))).toBe(TEXT);
    expect(await text([padded])).toBe(TEXT);
  });

  test("may be stopped by its reader", async () => {
    let isClosed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield MEMBER;
      } finally {
        isClosed = true;
      }
    }
    for await (const piece of gunzip(source(), "x.gz")) {
      expect(textOf(piece)).toBe(TEXT);
      break;
    }
    expect(isClosed).toBe(true);
  });
});

const REMEDY = "(the file is damaged: fetch it again)";

describe("a damaged stream", () => {
  test.each([0, 0.01, 0.1, 0.5, 0.99])("cut at %f of its length is refused", async (part) => {
    const length = Math.floor(MEMBER.length * part);
    expect(await failure(() => text([MEMBER.slice(0, length)]))).toMatch(
      /^CompressionError: x\.gz, byte \d+: /,
    );
  });

  test("cut at any byte is refused, in pieces of any size", async () => {
    for (let length = 0; length < MEMBER.length; length++) {
      const parts = pieces(MEMBER.slice(0, length), 1 + (length % 7));
      expect(await failure(() => text(parts))).toMatch(/^CompressionError: /);
    }
  });

  test.each([
    ["empty", new Uint8Array(0), "byte 0: expected a whole gzip header, got the end of the file"],
    [
      "cut in its header",
      MEMBER.slice(0, 9),
      "byte 9: expected a whole gzip header, got the end of the file",
    ],
    [
      "cut in its text",
      MEMBER.slice(0, 50),
      "byte 50: the gzip stream cannot be inflated: unexpected end of file",
    ],
    [
      "cut in its trailer",
      MEMBER.slice(0, -1),
      `byte ${MEMBER.length - 1}: expected a CRC32 and a length, got the end of the file`,
    ],
    [
      "with something appended",
      concat(MEMBER, bytesOf("garbage")),
      `byte ${MEMBER.length + 7}: expected the end of the file or another gzip member, got something else`,
    ],
    [
      "with something after its padding",
      concat(MEMBER, new Uint8Array(9), MEMBER),
      `byte ${2 * MEMBER.length + 9}: expected the end of the file or another gzip member, got something else`,
    ],
    [
      "with half a second header",
      concat(MEMBER, MEMBER.slice(0, 1)),
      `byte ${MEMBER.length + 1}: expected a whole gzip header, got the end of the file`,
    ],
    [
      "with another magic number",
      concat(MEMBER, Uint8Array.of(0x1f, 0x8c), MEMBER),
      `byte ${MEMBER.length + 10}: expected a gzip header, got something else`,
    ],
    [
      "of another method",
      Uint8Array.of(0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0),
      "byte 10: expected gzip method 8 (deflate), got 7",
    ],
    [
      "with reserved flags",
      Uint8Array.of(0x1f, 0x8b, 8, 0x80, 0, 0, 0, 0, 0, 0),
      "byte 10: expected gzip's reserved flags to be 0, got flags 128",
    ],
    ["whose header fails its CRC", dressedMember(1), "byte 35: the gzip header fails its own CRC"],
    [
      "whose name does not end",
      concat(Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0), new Uint8Array(70_000).fill(65)),
      "byte 65548: expected at most 65536 bytes of file name in the gzip header, got more",
    ],
  ])("%s is refused", async (_, bytes, message) => {
    expect(await failure(() => text([bytes]))).toBe(`CompressionError: x.gz, ${message} ${REMEDY}`);
  });

  test("with a wrong CRC32 or ISIZE is refused", async () => {
    const flipped = (fromEnd: number): Uint8Array => {
      const copy = MEMBER.slice();
      copy[copy.length - fromEnd] = (copy[copy.length - fromEnd] as number) ^ 1;
      return copy;
    };
    expect(await failure(() => text([flipped(8)]))).toBe(
      `CompressionError: x.gz, byte ${MEMBER.length}: the text fails its CRC32 ${REMEDY}`,
    );
    expect(await failure(() => text([flipped(4)]))).toBe(
      `CompressionError: x.gz, byte ${MEMBER.length}: expected 305 bytes of text by its ISIZE, got 304 ${REMEDY}`,
    );
  });

  test("with any single bit flipped is refused, or gives the same text", async () => {
    for (let bit = 0; bit < MEMBER.length * 8; bit++) {
      const flipped = MEMBER.slice();
      flipped[bit >>> 3] = (flipped[bit >>> 3] as number) ^ (1 << (bit & 7));
      try {
        expect(await text([flipped]), `bit ${bit}`).toBe(TEXT);
        // the header's time and system, and the unused bits of the last deflate byte
        expect(bit >>> 3 < 10 || bit >>> 3 === MEMBER.length - 9, `bit ${bit}`).toBe(true);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== "CompressionError") throw error;
      }
    }
  });

  test("passes on the failure of what it reads", async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield MEMBER.slice(0, 60);
      throw new Error("disk on fire");
    }
    expect(await failure(() => text(failing()))).toBe("Error: disk on fire");
  });
});

describe("a compression bomb", () => {
  test("is refused by its length", async () => {
    expect(await failure(() => text([MEMBER], 303))).toBe(
      "CompressionError: x.gz: expected at most 303 bytes of text, got more",
    );
    expect(await text([MEMBER], 304)).toBe(TEXT);
  });

  test("is refused by its ratio, long before its end", async () => {
    const bomb = gzipSync(new Uint8Array(2 ** 27), { level: 9 });
    expect(gunzipSync(bomb).length).toBe(2 ** 27);
    let seen = 0;
    const message = await failure(async () => {
      for await (const piece of gunzip(pieces(bomb, 4096), "x.gz")) seen += piece.length;
    });
    expect(message).toMatch(
      new RegExp(
        `^CompressionError: x\\.gz: expected text at most ${MAX_RATIO} times its compressed size, got 64\\.\\d MiB from \\d+\\.\\d KiB \\(is this a compression bomb\\?\\)$`,
      ),
    );
    expect(seen).toBeLessThan(2 ** 26 + 2 ** 17);
  });
});
