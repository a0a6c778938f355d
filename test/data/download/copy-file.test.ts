import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyFile } from "../../../src/data/download/copy-file.ts";
import { failure, temporaryFolder } from "../../genome/fixtures.ts";
import { factsOf } from "./download-fixture.ts";

const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
const FACTS = factsOf(bytes);

function places(): { readonly from: string; readonly to: string; readonly names: () => string[] } {
  const folder = temporaryFolder();
  const target = join(folder, "target");
  mkdirSync(target);
  const from = join(folder, "from.fa.gz");
  writeFileSync(from, bytes);
  return { from, to: join(target, "x.fa.gz"), names: () => readdirSync(target) };
}

test("copies a file and says its size and digests", async () => {
  const { from, to, names } = places();
  const seen: number[] = [];
  const onProgress = (done: number): void => void seen.push(done);
  expect(await copyFile(from, to, { expected: FACTS, onProgress })).toEqual(FACTS);
  expect(Buffer.compare(readFileSync(to), bytes)).toBe(0);
  expect(names()).toEqual(["x.fa.gz"]);
  expect(seen.at(-1)).toBe(bytes.length);
});

test("a file that is not the expected one leaves nothing", async () => {
  const { from, to, names } = places();
  const other = { ...FACTS, sha256: "0".repeat(64) };
  expect(await failure(() => copyFile(from, to, { expected: other }))).toContain(
    `VerificationError: ${from}: expected SHA-256 000`,
  );
  expect(await failure(() => copyFile(from, to, { expected: { bytes: 5 } }))).toContain(
    `VerificationError: ${from}: expected 5 bytes, got 3000000`,
  );
  expect(names()).toEqual([]);
});

test("a copy that is stopped, or of nothing, leaves nothing", async () => {
  const { from, to, names } = places();
  const reason = { signal: "SIGINT" };
  const stop = new AbortController();
  const onProgress = (): void => stop.abort(reason);
  await expect(copyFile(from, to, { signal: stop.signal, onProgress })).rejects.toBe(reason);
  expect(await failure(() => copyFile(join(from, "x"), to))).toContain("FileError: ");
  expect(names()).toEqual([]);
});
