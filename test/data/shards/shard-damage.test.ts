/** Nothing that happened to a folder of shards may pass for its windows. */

import {
  closeSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openShards } from "../../../src/data/shards/open-shards.ts";
import { prepareShards } from "../../../src/data/shards/prepare-shards.ts";
import { readVerified } from "../../../src/data/shards/read-verified.ts";
import { formatSealed } from "../../../src/data/shards/sealed-json.ts";
import {
  parseShardManifest,
  type ShardFile,
  type ShardManifest,
} from "../../../src/data/shards/shard-manifest.ts";
import { fixtureJob, fixturePreparation, makeShards, testFolder } from "./shard-fixture.ts";

const folder = testFolder();
const whole = join(folder, "whole");
const NAME = "valid-000000000-000000007.arrow";
let manifest: ShardManifest;

beforeAll(async () => {
  cpSync(mkdtempSync(join(folder, "new-")), whole, { recursive: true });
  manifest = await makeShards(whole);
});

function copy(): string {
  const path = mkdtempSync(join(folder, "copy-"));
  cpSync(whole, path, { recursive: true });
  return path;
}

/** What reading every valid window gives. */
async function readAll(path: string): Promise<unknown> {
  try {
    const source = (await openShards(path)).source("valid");
    for (let index = 0; index < source.prepared; index++) await source.window(index);
    return "whole";
  } catch (error) {
    return error;
  }
}

const remedy = (path: string): string =>
  `(cut, changed or another's): write it again with: gdiff data prepare --out ${path} (keeps what is whole, ${NAME} is not)`;

test("whole shards are read", async () => {
  expect(await readAll(whole)).toBe("whole");
});

test("every single-bit flip of a shard is caught", async () => {
  const path = copy();
  const file = join(path, NAME);
  const bytes = readFileSync(file);
  expect(bytes.length).toBeLessThan(3000);
  const digest = manifest.splits.valid[0] as ShardFile;
  const descriptor = openSync(file, "r+");
  const writeByte = (at: number, byte: number): void =>
    void writeSync(descriptor, Uint8Array.of(byte), 0, 1, at);
  for (const [at, byte] of bytes.entries()) {
    for (let bit = 0; bit < 8; bit++) {
      writeByte(at, byte ^ (1 << bit));
      const refused = await readVerified(file, digest).catch((error: unknown) => error);
      expect(
        (refused as Error).message.startsWith(`${file}: expected SHA-256 ${digest.sha256}`),
      ).toBe(true);
      if (bit === at % 8) expect(await readAll(path)).toMatchObject({ code: "E_SHARD" });
    }
    writeByte(at, byte);
  }
  closeSync(descriptor);
  expect(await readAll(path)).toBe("whole");
});

test("every cut at 64 bytes is caught", async () => {
  const path = copy();
  const file = join(path, NAME);
  const bytes = readFileSync(file);
  for (let length = 0; length < bytes.length; length += 64) {
    writeFileSync(file, bytes.subarray(0, length));
    expect(await readAll(path)).toMatchObject({
      code: "E_SHARD",
      exitCode: 4,
      message:
        `${file}: expected ${bytes.length.toLocaleString("en-US")} bytes, as its manifest.json says, got ` +
        `${length.toLocaleString("en-US")} ${remedy(path)}`,
    });
  }
});

test("every single-bit flip of the manifest is caught, and every cut", () => {
  const path = "manifest.json";
  const bytes = readFileSync(join(whole, path));
  const refusal = (changed: Buffer): unknown => {
    try {
      return parseShardManifest(changed.toString(), path);
    } catch (error) {
      return error;
    }
  };
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    expect((refusal(flipped) as Error).message).toMatch(
      /^manifest\.json: expected the file as gdiff data prepare wrote it, got .*: delete it, and prepare again$/s,
    );
  }
  for (let length = 0; length < bytes.length; length++) {
    expect(refusal(bytes.subarray(0, length))).toMatchObject({ code: "E_SHARD" });
  }
});

describe("a shard in another's place is refused", () => {
  test("swapped within the folder", async () => {
    const path = copy();
    const other = "train-000000000-000000010.arrow";
    renameSync(join(path, other), join(path, "aside"));
    renameSync(join(path, NAME), join(path, other));
    renameSync(join(path, "aside"), join(path, NAME));
    expect(await readAll(path)).toMatchObject({ code: "E_SHARD" });
  });

  test("of another preparation", async () => {
    const path = copy();
    const other = mkdtempSync(join(folder, "other-"));
    await prepareShards(
      fixturePreparation(other, {
        window: async (split, index) => {
          const { window } = fixturePreparation(other);
          return window(split, index + 1);
        },
      }),
    );
    copyFileSync(join(other, NAME), join(path, NAME));
    expect(await readAll(path)).toMatchObject({
      message: expect.stringContaining(`as its manifest.json says, got`),
    });
  });

  test("gone, a folder, or a link to nowhere", async () => {
    const path = copy();
    const file = join(path, NAME);
    rmSync(file);
    const gone = {
      code: "E_SHARD",
      message:
        `${file}: expected this shard of its manifest.json, got no file: write it again with: ` +
        `gdiff data prepare --out ${path} (keeps what is whole, ${NAME} is not)`,
    };
    expect(await readAll(path)).toMatchObject(gone);
    symlinkSync("nowhere", file);
    expect(await readAll(path)).toMatchObject(gone);
    rmSync(file);
    cpSync(join(whole), file, { recursive: true });
    expect(await readAll(path)).toBeInstanceOf(Error);
  });
});

test("a folder without a manifest is no folder of shards", async () => {
  const empty = mkdtempSync(join(folder, "empty-"));
  for (const path of [empty, join(empty, "absent")]) {
    expect(await readAll(path)).toMatchObject({
      code: "E_FILE",
      message: `${path}: expected a folder of shards, got none with manifest.json: make one with gdiff data prepare --out FOLDER`,
    });
  }
});

describe("a manifest whose hash is right is refused all the same when it is no manifest", () => {
  const body = (): Record<string, unknown> => {
    const { sha256: _, ...rest } = JSON.parse(readFileSync(join(whole, "manifest.json"), "utf8"));
    return rest;
  };
  test.each([
    ["schema", 2, "expected schema 1, got 2 (was it written by a later gdiff?)"],
    ["schema", undefined, "expected schema 1, got nothing"],
    [
      "length",
      0,
      "expected options, length, shardBytes, drawn, dataDigest and windowsPerEpoch, got {",
    ],
    ["options", [], "expected options, length,"],
    ["createdBy", 1, "expected createdBy and splits, got {"],
    ["splits", null, "expected createdBy and splits, got {"],
    ["splits", {}, "expected a list of files, got nothing"],
    [
      "splits",
      { train: [1], valid: [], test: [] },
      "expected a file whose first window is 0, got 1",
    ],
    [
      "splits",
      { train: [{ name: "../x-0-1.arrow", first: 0, rows: 1, bytes: 1, sha256: "0".repeat(64) }] },
      'expected a file whose first window is 0, got {"name":"../x-0-1.arrow"',
    ],
    [
      "splits",
      { train: [{ name: "train-1-2.arrow", first: 1, rows: 1, bytes: 1, sha256: "0".repeat(64) }] },
      "expected a file whose first window is 0, got {",
    ],
  ])("%s %j", (key, value, expected) => {
    const text = formatSealed({ ...body(), [key]: value });
    expect(() => parseShardManifest(text, "m")).toThrow(`m: ${expected}`);
  });

  test("one that gives other rows than the shard has", async () => {
    const path = copy();
    const { splits, ...rest } = body() as { splits: Record<string, { rows: number }[]> };
    const [file] = splits.valid ?? [];
    const text = formatSealed({ ...rest, splits: { ...splits, valid: [{ ...file, rows: 8 }] } });
    writeFileSync(join(path, "manifest.json"), text);
    expect(await readAll(path)).toMatchObject({
      code: "E_SHARD",
      message: `${join(path, NAME)}: expected 8 windows, as manifest.json says, got 7`,
    });
  });
});

test("a job that was changed is refused", async () => {
  const path = mkdtempSync(join(folder, "job-"));
  const failing = fixturePreparation(path, {
    job: fixtureJob(),
    window: () => Promise.reject(new Error("stopped")),
  });
  await prepareShards(failing).catch(() => {});
  const { readShardJob } = await import("../../../src/data/shards/shard-job.ts");
  expect(await readShardJob(path)).toEqual(fixtureJob());
  const file = join(path, "prepare.json");
  writeFileSync(file, readFileSync(file, "utf8").replace('"train": 25', '"train": 26'));
  await expect(readShardJob(path)).rejects.toMatchObject({
    code: "E_SHARD",
    message: `${file}: expected the file as gdiff data prepare wrote it, got one that was changed: delete it, and prepare again`,
  });
});
