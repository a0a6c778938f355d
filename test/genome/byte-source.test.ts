import { expect, test } from "vitest";
import { byteChunks } from "../../src/genome/byte-chunks.ts";
import { memorySource } from "../../src/genome/memory-source.ts";
import { bytesOf, failure, textOf } from "./fixtures.ts";

test("reads exactly the bytes asked for, as a copy or into the caller's array", async () => {
  const bytes = bytesOf("0123456789");
  const source = memorySource("digits", bytes);
  const copy = await source.read(3, 4);
  expect(textOf(copy)).toBe("3456");
  copy[0] = 0;
  expect(textOf(bytes)).toBe("0123456789");

  const into = new Uint8Array(6);
  const view = await source.read(8, 2, into);
  expect(textOf(view)).toBe("89");
  expect(view.buffer).toBe(into.buffer);
  expect((await source.read(10, 0)).length).toBe(0);
});

test.each([
  [
    8,
    3,
    "FileError: digits: expected 3 bytes at byte 8, but it has only 10 (was it cut or replaced?)",
  ],
  [
    -1,
    1,
    "FileError: digits: expected 1 bytes at byte -1, but it has only 10 (was it cut or replaced?)",
  ],
  [
    0.5,
    1,
    "FileError: digits: expected 1 bytes at byte 0.5, but it has only 10 (was it cut or replaced?)",
  ],
  [
    0,
    -1,
    "FileError: digits: expected -1 bytes at byte 0, but it has only 10 (was it cut or replaced?)",
  ],
])("refuses a range outside the source: %d, %d", async (offset, length, message) => {
  const source = memorySource("digits", bytesOf("0123456789"));
  expect(await failure(() => source.read(offset, length))).toBe(message);
});

test("yields a source in order in pieces of any size", async () => {
  for (let size = 1; size <= 11; size++) {
    let text = "";
    for await (const piece of byteChunks(memorySource("digits", bytesOf("0123456789")), size)) {
      text += textOf(piece);
    }
    expect(text).toBe("0123456789");
  }
});
