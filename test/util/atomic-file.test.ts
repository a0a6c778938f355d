import { execFileSync } from "node:child_process";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileError } from "../../src/errors.ts";
import { checkWritable, writeFileAtomic } from "../../src/util/atomic-file.ts";
import { asUnprivileged } from "../genome/as-unprivileged.ts";

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

  it("keeps the permissions of the file that it replaces", async () => {
    const path = join(folder, "a.bin");
    for (const mode of [0o600, 0o640, 0o444, 0o666, 0o755]) {
      await writeFile(path, "x");
      await chmod(path, mode);
      await writeFileAtomic(path, Uint8Array.of(1));
      expect((await lstat(path)).mode & 0o777).toBe(mode);
      await rm(path);
    }
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

  it("writes the file that a link leads to, and leaves the link", async () => {
    await mkdir(join(folder, "far"));
    await writeFile(join(folder, "far", "real.bin"), "old");
    const path = join(folder, "link.bin");
    await symlink(join("far", "real.bin"), path);
    await writeFileAtomic(path, Uint8Array.of(7));
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(folder, "far", "real.bin"))).toEqual(Buffer.of(7));
    expect(await readdir(folder)).toEqual(["far", "link.bin"]);
    expect(await readdir(join(folder, "far"))).toEqual(["real.bin"]);
  });

  it("takes the place of a link to nothing", async () => {
    const link = join(folder, "link.bin");
    await symlink("nowhere", link);
    await writeFileAtomic(link, Uint8Array.of(7));
    expect((await lstat(link)).isFile()).toBe(true);
  });

  it("refuses a pipe and a device, and leaves them", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    for (const [path, found] of [
      [pipe, "a pipe or device"],
      ["/dev/null", "a pipe or device"],
    ] as const) {
      const refused = new FileError(
        `${path}: expected to write the file, but ${found} has that name: choose another path`,
      );
      await expect(writeFileAtomic(path, Uint8Array.of(1))).rejects.toThrow(refused);
      expect(() => checkWritable(path)).toThrow(refused);
    }
    expect((await lstat("/dev/null")).isCharacterDevice()).toBe(true);
    expect(await readdir(folder)).toEqual(["pipe"]);
  });
});

describe("checkWritable", () => {
  it("takes a new name, an old file and a bare name, and leaves nothing", async () => {
    await writeFile(join(folder, "old"), "old");
    checkWritable(join(folder, "old"));
    checkWritable(join(folder, "new"));
    checkWritable("a-file-that-is-not-there");
    expect(await readdir(folder)).toEqual(["old"]);
  });

  it("names the folder that is missing, a file, or closed to this user", async () => {
    const missing = join(folder, "none", "a.tsv");
    expect(() => checkWritable(missing)).toThrow(
      new FileError(
        `${missing}: expected to write the file, but there is no folder ${join(folder, "none")}: create it, or choose another path`,
      ),
    );
    await writeFile(join(folder, "old"), "old");
    const below = join(folder, "old", "a.tsv");
    expect(() => checkWritable(below)).toThrow(
      new FileError(
        `${below}: expected to write the file, but ${join(folder, "old")} is not a folder: choose another path`,
      ),
    );
    await chmod(folder, 0o555);
    const closed = join(folder, "a.tsv");
    await asUnprivileged(async () => {
      expect(() => checkWritable(closed)).toThrow(
        new FileError(
          `${closed}: expected to write the file, but ${folder} may not be written to (EACCES): change its permissions, or choose another path`,
        ),
      );
    });
    await chmod(folder, 0o755);
  });
});
