import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildGzi } from "../../src/genome/bgzf-walk.ts";
import { formatGzi, maxGziBytes, parseGzi } from "../../src/genome/gzi.ts";
import { openFileSource } from "../../src/genome/node-file-source.ts";
import { hasProgram } from "../support/oracles.ts";
import { concat, dice, failure, randomLetters, temporaryFolder } from "./fixtures.ts";

function gziBytes(count: bigint, ...numbers: readonly bigint[]): Uint8Array {
  return new Uint8Array(BigUint64Array.of(count, ...numbers).buffer);
}

test("lists the first block, which the file leaves out", () => {
  const gzi = parseGzi(gziBytes(1n, 100n, 65280n), "x.gzi", 200);
  expect([...gzi.compressed]).toEqual([0, 100]);
  expect([...gzi.uncompressed]).toEqual([0, 65280]);
  expect(formatGzi(gzi)).toEqual(gziBytes(1n, 100n, 65280n));
});

const remedy = "(delete it and it will be rebuilt)";

test.each([
  ["cut before its count", new Uint8Array(7), `expected at least 8 bytes, got 7 ${remedy}`],
  [
    "shorter than its count",
    gziBytes(2n, 1n, 1n),
    `expected 40 bytes for 2 blocks, got 24 ${remedy}`,
  ],
  ["longer than its count", gziBytes(0n, 1n), `expected 8 bytes for 0 blocks, got 16 ${remedy}`],
  [
    "that falls",
    gziBytes(2n, 9n, 9n, 8n, 10n),
    `expected rising offsets, but entry 2 is not above the one before ${remedy}`,
  ],
  [
    "whose text falls",
    gziBytes(2n, 9n, 9n, 10n, 9n),
    `expected rising offsets, but entry 2 is not above the one before ${remedy}`,
  ],
  [
    "that lists the first block",
    gziBytes(1n, 0n, 0n),
    `expected rising offsets, but entry 1 is not above the one before ${remedy}`,
  ],
  [
    "that points past the file",
    gziBytes(1n, 200n, 9n),
    `expected offsets inside the file of 200 bytes, but entry 1 is 200 ${remedy}`,
  ],
])("refuses an index %s", async (_, bytes, message) => {
  expect(await failure(() => parseGzi(bytes, "x.gzi", 200))).toBe(
    `IndexFileError: x.gzi: ${message}`,
  );
});

test("can have an entry for every 26 bytes of the file, up to 2^26", () => {
  expect([0, 25, 26, 2600].map(maxGziBytes)).toEqual([8, 8, 24, 8 + 1600]);
  expect(maxGziBytes(2 ** 50)).toBe(8 + 2 ** 30);
});

describe.skipIf(!hasProgram("bgzip"))("beside bgzip", () => {
  async function expectEqualToBgzip(path: string): Promise<void> {
    execFileSync("bgzip", ["-r", path], { stdio: "ignore" });
    const source = openFileSource(path);
    expect(formatGzi(await buildGzi(source))).toEqual(Uint8Array.from(readFileSync(`${path}.gzi`)));
    await source.close();
  }

  function bgzipped(path: string, text: string): Uint8Array {
    writeFileSync(path, text);
    execFileSync("bgzip", ["-i", path]);
    return Uint8Array.from(readFileSync(`${path}.gz`));
  }

  test("writes the same bytes, whatever stands where empty blocks may", async () => {
    const folder = temporaryFolder();
    const empty = bgzipped(join(folder, "empty"), "");
    const long = bgzipped(join(folder, "long"), randomLetters(200_000, "ACGT", dice(3)));
    const short = bgzipped(join(folder, "short"), "ACGT");
    const files = {
      long,
      short,
      joined: concat(long, short, long),
      spaced: concat(empty, empty, long, empty, short, empty, empty, long),
      unended: long.slice(0, -28),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(folder, `${name}.again.gz`);
      writeFileSync(path, bytes);
      await expectEqualToBgzip(path);
    }
    const source = openFileSource(join(folder, "long.gz"));
    expect(formatGzi(await buildGzi(source))).toEqual(
      Uint8Array.from(readFileSync(join(folder, "long.gz.gzi"))),
    );
    await source.close();
  });
});
