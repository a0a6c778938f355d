import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bgzfStream } from "../../src/genome/bgzf-stream.ts";
import { buildGzi } from "../../src/genome/bgzf-walk.ts";
import { formatGzi } from "../../src/genome/gzi.ts";
import { memorySource } from "../../src/genome/memory-source.ts";
import { bgzfBytes, gziCollector } from "../../src/genome/node-bgzf-writer.ts";
import { nodeInflate } from "../../src/genome/node-inflate.ts";
import { hasProgram } from "../support/oracles.ts";
import {
  bytesOf,
  concat,
  dice,
  pieces,
  randomLetters,
  temporaryFolder,
  textOf,
} from "./fixtures.ts";

async function* stream(parts: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(2 ** 20); // used again, as the readers do
  for (const part of parts) {
    buffer.set(part);
    yield buffer.subarray(0, part.length);
  }
}

async function compressed(text: Uint8Array, pieceLength: number) {
  const { onBlock, gzi } = gziCollector();
  const parts: Uint8Array[] = [];
  for await (const part of bgzfBytes(stream(pieces(text, pieceLength)), onBlock)) parts.push(part);
  return { file: concat(...parts), gzi: gzi() };
}

const LENGTHS = [0, 1, 0xff00 - 1, 0xff00, 0xff00 + 1, 2 * 0xff00, 40 * 0xff00 + 17];

describe.each(LENGTHS)("%d bytes of text", (length) => {
  const text = bytesOf(randomLetters(length, "ACGTNacgt\n", dice(length + 1)));

  test("come back, whatever the pieces; the .gzi is the one that a walk over the file finds", async () => {
    const { file, gzi } = await compressed(text, 2 ** 20);
    let back = "";
    for await (const part of bgzfStream([file], "x.gz", nodeInflate)) back += textOf(part);
    expect(back === textOf(text)).toBe(true);
    expect(formatGzi(gzi)).toEqual(formatGzi(await buildGzi(memorySource("x.gz", file))));
    if (length < 2 ** 17) expect((await compressed(text, 1009)).file).toEqual(file);
  });

  test.skipIf(!hasProgram("bgzip"))(
    "are what bgzip takes, with the index that it makes",
    async () => {
      const { file, gzi } = await compressed(text, 2 ** 20);
      const path = join(temporaryFolder(), "x.gz");
      writeFileSync(path, file);
      const { status, stdout } = spawnSync("bgzip", ["-dc", path], { maxBuffer: 2 ** 24 });
      expect([status, stdout.equals(text)]).toEqual([0, true]);
      if (length === 0) return; // of which bgzip writes an index with one entry
      expect(spawnSync("bgzip", ["-r", path]).status).toBe(0);
      expect(formatGzi(gzi)).toEqual(Uint8Array.from(readFileSync(`${path}.gzi`)));
    },
  );
});

test("bytes that cannot be compressed fit into their blocks", async () => {
  const roll = dice(9);
  const noise = Uint8Array.from({ length: 3 * 0xff00 }, () => roll(256));
  const { file } = await compressed(noise, 2 ** 20);
  const parts: Uint8Array[] = [];
  for await (const part of bgzfStream([file], "x.gz", nodeInflate)) parts.push(part.slice());
  expect(Buffer.from(concat(...parts)).equals(noise)).toBe(true);
});

test("what fails in the text fails in the file", async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield bytesOf("ACGT");
    throw new Error("no more");
  }
  const all = async (): Promise<void> => {
    for await (const _ of bgzfBytes(failing()));
  };
  await expect(all()).rejects.toThrow("no more");
});
