import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openShards } from "../../../src/data/shards/open-shards.ts";
import { type Preparation, prepareShards } from "../../../src/data/shards/prepare-shards.ts";
import { readShardManifest } from "../../../src/data/shards/shard-manifest.ts";
import { SPLIT_NAMES } from "../../../src/data/splits.ts";
import { hasProgram } from "../../support/oracles.ts";
import {
  fixtureJob,
  fixturePreparation,
  fixtureWindow,
  makeShards,
  testFolder,
} from "./shard-fixture.ts";

const folder = testFolder();
const newFolder = (): string => mkdtempSync(join(folder, "shards-"));

function contentOf(path: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(path).map((name) => [name, readFileSync(join(path, name), "hex")]),
  );
}

/** A fixture's preparation that counts the windows it makes, and stops before window `stopAt`. */
function counted(path: string, part: Partial<Preparation> = {}, stopAt = Number.POSITIVE_INFINITY) {
  const made: string[] = [];
  const preparation = fixturePreparation(path, {
    window: async (split, index) => {
      if (made.length === stopAt) throw new Error("stopped");
      made.push(`${split} ${index}`);
      return fixtureWindow(split, index);
    },
    ...part,
  });
  return { made, preparation };
}

const NAMES = [
  "manifest.json",
  "test-000000000-000000010.arrow",
  "train-000000000-000000010.arrow",
  "train-000000010-000000020.arrow",
  "train-000000020-000000025.arrow",
  "valid-000000000-000000007.arrow",
];

test("every split is there in its order, in files of bounded size, and nothing else", async () => {
  const path = newFolder();
  const manifest = await makeShards(path);
  expect(readdirSync(path).sort()).toEqual(NAMES);
  expect(await readShardManifest(path)).toEqual(manifest);
  const shards = await openShards(path);
  expect(shards.manifest).toEqual(manifest);
  const counts = { train: 25, valid: 7, test: 10 };
  for (const split of SPLIT_NAMES) {
    const source = shards.source(split);
    expect([source.prepared, source.windows]).toEqual([
      counts[split],
      split === "train" ? 30 : counts[split],
    ]);
    for (let index = 0; index < source.prepared; index++) {
      expect(await source.window(index)).toEqual(fixtureWindow(split, index));
    }
    await expect(source.window(source.prepared)).rejects.toThrow("internal: expected a");
  }
  // Any order, and several at once.
  const { window } = shards.source("train");
  const order = [24, 3, 3, 11, 0, 19, 20];
  const expected = order.map((index) => fixtureWindow("train", index));
  expect(await Promise.all(order.map(window))).toEqual(expected);
});

test("a split without a window has no file", async () => {
  const path = newFolder();
  const job = fixtureJob({ windows: { train: 3, valid: 0, test: 0 } });
  await prepareShards(fixturePreparation(path, { job }));
  expect(readdirSync(path)).toEqual(["manifest.json", "train-000000000-000000003.arrow"]);
  expect((await openShards(path)).source("valid").prepared).toBe(0);
});

describe("a preparation that was interrupted", () => {
  const stops = [0, 1, 9, 10, 24, 25, 41];
  test.each(stops)("before window %i leaves no half shard, and goes on", async (stopAt) => {
    const [path, reference] = [newFolder(), newFolder()];
    await makeShards(reference);
    const whole = contentOf(reference);
    const first = counted(path, {}, stopAt);
    await expect(prepareShards(first.preparation)).rejects.toThrow("stopped");
    const between = contentOf(path);
    const finished = Object.keys(between).filter((name) => name.endsWith(".arrow"));
    for (const name of finished) expect(between[name]).toBe(whole[name]);
    expect(Object.keys(between).sort()).toEqual(
      [...finished, ...finished.map((name) => `${name}.sha256`), "prepare.json"].sort(),
    );
    await expect(openShards(path)).rejects.toThrow(
      `${path}: expected a folder of shards, got none with manifest.json: its preparation has not ended: ` +
        `go on with gdiff data prepare --out ${path}`,
    );

    const second = counted(path);
    const prepared = await prepareShards(second.preparation);
    expect(prepared).toMatchObject({ kept: finished.length, written: 5 - finished.length });
    const rows = prepared.manifest?.splits.train.length;
    expect(rows).toBe(3);
    const full = [10, 20, 25, 32, 42].findLast((end) => end <= stopAt) ?? 0;
    expect(second.made).toHaveLength(42 - full);
    expect(contentOf(path)).toEqual(whole);
  });

  test.runIf(hasProgram("sha256sum"))("its records are sha256sum's", async () => {
    const path = newFolder();
    await prepareShards(counted(path, {}, 20).preparation).catch(() => {});
    const { status, stdout } = spawnSync("sha256sum --check *.sha256", { cwd: path, shell: true });
    expect([status, String(stdout)]).toEqual([
      0,
      "train-000000000-000000010.arrow: OK\ntrain-000000010-000000020.arrow: OK\n",
    ]);
  });

  test.each([
    ["a shard was cut", "train-000000000-000000010.arrow", (hex: string) => hex.slice(0, -8)],
    [
      "a shard was changed",
      "train-000000000-000000010.arrow",
      (hex: string) => `${hex.slice(0, -6)}000000`,
    ],
    [
      "a record was changed",
      "train-000000000-000000010.arrow.sha256",
      (hex: string) => `30${hex.slice(2)}`,
    ],
    [
      "a record was cut",
      "train-000000000-000000010.arrow.sha256",
      (hex: string) => hex.slice(0, 40),
    ],
    ["a shard is gone", "train-000000000-000000010.arrow", undefined],
    ["a record is gone", "train-000000000-000000010.arrow.sha256", undefined],
  ])("writes again what is not whole: %s", async (_, name, change) => {
    const [path, reference] = [newFolder(), newFolder()];
    await makeShards(reference);
    await prepareShards(counted(path, {}, 20).preparation).catch(() => {});
    const file = join(path, name);
    if (change === undefined) rmSync(file);
    else writeFileSync(file, Buffer.from(change(readFileSync(file, "hex")), "hex"));
    expect(await prepareShards(fixturePreparation(path))).toMatchObject({ kept: 1, written: 4 });
    expect(contentOf(path)).toEqual(contentOf(reference));
  });
});

describe("a finished preparation", () => {
  test("that is asked for again is checked, and written nowhere", async () => {
    const path = newFolder();
    const before = await makeShards(path);
    const content = contentOf(path);
    const again = counted(path, { before });
    expect(await prepareShards(again.preparation)).toMatchObject({ kept: 5, written: 0 });
    expect(again.made).toEqual([]);
    expect(contentOf(path)).toEqual(content);
  });

  test("gets back the shard that was damaged", async () => {
    const path = newFolder();
    const before = await makeShards(path);
    const content = contentOf(path);
    writeFileSync(join(path, "valid-000000000-000000007.arrow"), "");
    rmSync(join(path, "test-000000000-000000010.arrow"));
    expect(await prepareShards(fixturePreparation(path, { before }))).toMatchObject({
      kept: 3,
      written: 2,
    });
    expect(contentOf(path)).toEqual(content);
  });

  test("grows: full shards are kept, and the short one is there until the longer one is", async () => {
    const [path, reference] = [newFolder(), newFolder()];
    const before = await makeShards(path);
    const job = fixtureJob({ windows: { train: 38, valid: 7, test: 10 } });
    await prepareShards(fixturePreparation(reference, { job }));
    const first = counted(path, { before, job }, 12);
    await expect(prepareShards(first.preparation)).rejects.toThrow("stopped");
    const old = (await openShards(path)).source("train"); // as good as it was
    expect(old.prepared).toBe(25);
    expect(await old.window(24)).toEqual(fixtureWindow("train", 24));
    expect(await prepareShards(fixturePreparation(path, { before, job }))).toMatchObject({
      kept: 5,
      written: 1,
    });
    expect(contentOf(path)).toEqual(contentOf(reference));
  });
});

describe("parts", () => {
  test.each([2, 3, 7])("of %i processes make the folder that one makes", async (count) => {
    const [path, reference] = [newFolder(), newFolder()];
    await makeShards(reference);
    const made: string[] = [];
    for (let index = count - 1; index >= 0; index--) {
      const own = counted(path, { part: { rank: index, size: count } });
      const { manifest, missing } = await prepareShards(own.preparation);
      expect(manifest === undefined).toBe(missing > 0);
      expect(manifest === undefined).toBe(index > 0);
      made.push(...own.made);
    }
    expect(new Set(made).size).toBe(made.length);
    expect(contentOf(path)).toEqual(contentOf(reference));
  });

  test("at the same time", async () => {
    const [path, reference] = [newFolder(), newFolder()];
    await makeShards(reference);
    await Promise.all(
      [0, 1, 2].map((index) =>
        prepareShards(fixturePreparation(path, { part: { rank: index, size: 3 } })),
      ),
    );
    expect(contentOf(path)).toEqual(contentOf(reference));
  });

  test("a shard of another part that is not whole is missing", async () => {
    const path = newFolder();
    await prepareShards(fixturePreparation(path, { part: { rank: 0, size: 2 } }));
    writeFileSync(join(path, "train-000000000-000000010.arrow"), "cut");
    const second = fixturePreparation(path, { part: { rank: 1, size: 2 } });
    expect(await prepareShards(second)).toMatchObject({ manifest: undefined, missing: 1 });
  });
});

test("a shard of another preparation that began in the folder at once is not taken", async () => {
  const [path, reference] = [newFolder(), newFolder()];
  await makeShards(reference);
  const job = fixtureJob({ options: { seed: 2 } });
  const other: Preparation = fixturePreparation(path, {
    job,
    window: async (split, index) => fixtureWindow(split, index + 1),
  });
  await prepareShards(counted(path, { ...other, part: { rank: 0, size: 2 } }).preparation);
  expect(await prepareShards(fixturePreparation(path))).toMatchObject({ kept: 0, written: 5 });
  expect(contentOf(path)).toEqual(contentOf(reference));
});

test("what killed processes left is deleted; what may be another part's is not", async () => {
  const path = newFolder();
  const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
  const own = "train-000000000-000000010.arrow";
  const other = "test-000000000-000000010.arrow";
  const left = [`${own}.tmp-${dead}-00ff`, `${own}.sha256.tmp-${dead}-00ff`];
  const kept = [
    `${own}.tmp-${process.pid}-00ff`,
    `${other}.tmp-${dead}-00ff`,
    `notes.tmp-${dead}-00ff`,
  ];
  for (const name of [...left, ...kept]) writeFileSync(join(path, name), "");
  await prepareShards(fixturePreparation(path, { part: { rank: 0, size: 2 } }));
  const names = readdirSync(path);
  expect(names).toEqual(expect.arrayContaining(kept));
  for (const name of left) expect(names).not.toContain(name);
});

test("progress counts every window of the part once", async () => {
  const path = newFolder();
  const steps: number[] = [];
  const advance = async (windows: number): Promise<void> => void steps.push(windows);
  const job = fixtureJob({ shardBytes: 2 ** 20, windows: { train: 200, valid: 0, test: 1 } });
  await prepareShards(fixturePreparation(path, { job, advance }));
  expect(steps).toEqual([64, 64, 64, 8, 1]);
});
