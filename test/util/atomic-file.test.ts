import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileError } from "../../src/errors.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gdiff-atomic-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("writeFileAtomic", () => {
  it("writes a new file and leaves nothing beside it", async () => {
    const path = join(folder, "a.bin");
    await writeFileAtomic(path, Uint8Array.of(1, 2, 3));
    expect(await readFile(path)).toEqual(Buffer.of(1, 2, 3));
    expect(await readdir(folder)).toEqual(["a.bin"]);
  });

  it("takes the place of an older, longer file", async () => {
    const path = join(folder, "a.bin");
    await writeFile(path, "something longer");
    await writeFileAtomic(path, new Uint8Array(0));
    expect(await readFile(path)).toHaveLength(0);
  });

  it("writes only the viewed part of a larger buffer", async () => {
    const path = join(folder, "a.bin");
    await writeFileAtomic(path, Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
    expect(await readFile(path)).toEqual(Buffer.of(2, 3));
  });

  it("lets the last of many writers win, whole", async () => {
    const path = join(folder, "a.bin");
    const writers = Array.from({ length: 8 }, (_, i) => new Uint8Array(10_000).fill(i));
    await Promise.all(writers.map((bytes) => writeFileAtomic(path, bytes)));
    const found = await readFile(path);
    expect(found).toEqual(Buffer.from(writers[found[0] as number] as Uint8Array));
    expect(await readdir(folder)).toEqual(["a.bin"]);
  });

  it("names the missing folder", async () => {
    const path = join(folder, "none", "a.bin");
    await expect(writeFileAtomic(path, Uint8Array.of(1))).rejects.toThrow(
      new FileError(
        `${path}: expected to write the file, but there is no folder ${join(folder, "none")}: create it, or choose another path`,
      ),
    );
  });

  it("removes what it wrote when it cannot take its place", async () => {
    const path = join(folder, "taken");
    await mkdir(path);
    await expect(writeFileAtomic(path, Uint8Array.of(1))).rejects.toThrow(
      `${path}: expected to write the file, but a folder has that name: choose another path`,
    );
    expect(await readdir(folder)).toEqual(["taken"]);
  });
});
