import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { decodeBlock, EOF_BLOCK, parseBlockHeader } from "../../src/genome/bgzf-block.ts";
import { nodeInflate } from "../../src/genome/node-inflate.ts";
import { bgzfBlock, EOF_HEX } from "./bgzf-fixture.ts";
import { bytesOf, failure, textOf } from "./fixtures.ts";

const AX = Uint8Array.from([0x41, 0x58, 3, 0, 7, 7, 7]); // another subfield, of 3 bytes
const TEXT = bytesOf("ACGTACGTTTTTTTTTTTTTTTTTTTTT\n");

function decode(block: Uint8Array): Uint8Array {
  const header = parseBlockHeader(block);
  if (header === undefined) throw new Error("no header");
  return decodeBlock(block, header, nodeInflate, "x.gz, byte 9");
}

test("has the end-of-file block of the specification", () => {
  expect(Buffer.from(EOF_BLOCK).toString("hex")).toBe(EOF_HEX);
});

test.each([
  ["alone", bgzfBlock(TEXT)],
  ["after another subfield", bgzfBlock(TEXT, AX)],
  ["before another subfield", bgzfBlock(TEXT, undefined, AX)],
])("finds the BC subfield %s", (_, block) => {
  expect(parseBlockHeader(block)?.blockBytes).toBe(block.length);
  expect(textOf(decode(block))).toBe(textOf(TEXT));
});

test("takes no other gzip header for a block's", () => {
  const good = bgzfBlock(TEXT);
  const changed = (at: number, byte: number): Uint8Array => {
    const copy = good.slice();
    copy[at] = byte;
    return copy;
  };
  expect(parseBlockHeader(good.subarray(0, 17))).toBeUndefined();
  expect(parseBlockHeader(new Uint8Array(0))).toBeUndefined();
  for (const [at, byte] of [
    [0, 0],
    [1, 0],
    [2, 9],
    [3, 12],
    [12, 0x41],
    [14, 3],
    [16, 3],
  ] as const) {
    const block = changed(at, byte);
    if (at === 16) block[17] = 0;
    expect(parseBlockHeader(block), `byte ${at}`).toBeUndefined();
  }
});

test("refuses a wrong CRC32", async () => {
  const block = bgzfBlock(TEXT);
  const view = new DataView(block.buffer);
  view.setUint32(block.length - 8, 0x00000123, true);
  expect(await failure(() => decode(block))).toBe(
    `CompressionError: x.gz, byte 9: expected CRC32 0x00000123 of the BGZF block, got 0x${crc32(TEXT).toString(16).padStart(8, "0")} (the file is damaged: fetch it again)`,
  );
});

test("refuses an ISIZE that is too long, too short, or beyond 64 KiB", async () => {
  const withIsize = (isize: number): Uint8Array => {
    const block = bgzfBlock(TEXT);
    new DataView(block.buffer).setUint32(block.length - 4, isize, true);
    return block;
  };
  expect(await failure(() => decode(withIsize(30)))).toBe(
    "CompressionError: x.gz, byte 9: expected 30 bytes by the BGZF block's ISIZE, got 29 (the file is damaged: fetch it again)",
  );
  expect(await failure(() => decode(withIsize(28)))).toBe(
    "CompressionError: x.gz, byte 9: the BGZF block cannot be inflated (the file is damaged: fetch it again)",
  );
  expect(await failure(() => decode(withIsize(65537)))).toBe(
    "CompressionError: x.gz, byte 9: expected a BGZF block of at most 65536 bytes, got ISIZE 65537 (the file is damaged: fetch it again)",
  );
});
