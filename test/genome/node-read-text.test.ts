import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readTextBytes } from "../../src/genome/node-read-text.ts";
import { failure, temporaryFile, textOf } from "./fixtures.ts";

test("reads up to its limit, plain and gzip", async () => {
  const plain = temporaryFile("x", "ACGT");
  const gzip = temporaryFile("x.gz", gzipSync("ACGT"));
  expect(textOf(await readTextBytes(plain, 4))).toBe("ACGT");
  expect(textOf(await readTextBytes(gzip, 4))).toBe("ACGT");
  expect((await readTextBytes(temporaryFile("empty", ""), 4)).length).toBe(0);
  expect(await failure(() => readTextBytes(plain, 3))).toBe(
    `FileError: ${plain}: expected at most 3 bytes, got 4 bytes`,
  );
  expect(await failure(() => readTextBytes(gzip, 3))).toBe(
    `CompressionError: ${gzip}: expected at most 3 bytes of text, got more`,
  );
});
