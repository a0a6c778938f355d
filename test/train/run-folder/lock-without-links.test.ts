import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { FileError, RunFolderError } from "../../../src/errors.ts";
import { lockRunFolder } from "../../../src/train/run-folder/lock-run-folder.ts";
import { temporaryRunFolder } from "../../support/run-folders.ts";

const disk = vi.hoisted(() => ({ linkCode: "EPERM" }));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const link = async (): Promise<never> => {
    const { linkCode: code } = disk;
    throw Object.assign(new Error(`${code}: injected, link`), { code, syscall: "link" });
  };
  return { ...real, link };
});

describe("lockRunFolder where files have one name", () => {
  it.each(["EPERM", "ENOTSUP", "ENOSYS"])("locks all the same on %s", async (code) => {
    disk.linkCode = code;
    const run = temporaryRunFolder();
    const lock = await lockRunFolder(run);
    expect(JSON.parse(readFileSync(join(run, "run.lock"), "utf8"))).toMatchObject({
      pid: process.pid,
    });
    await expect(lockRunFolder(run)).rejects.toThrow(RunFolderError);
    await lock.release();
    expect(readdirSync(run)).toEqual([]);
  });

  it("says when the disk fails", async () => {
    disk.linkCode = "EIO";
    const run = temporaryRunFolder();
    await expect(lockRunFolder(run)).rejects.toThrow(
      new FileError(`${join(run, "run.lock")}: the disk failed to write it (EIO)`),
    );
    expect(readdirSync(run)).toEqual([]);
  });
});
