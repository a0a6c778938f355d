import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CheckpointError, FileError } from "../../../src/errors.ts";
import { readNewestCheckpoint } from "../../../src/train/checkpoint/read-newest-checkpoint.ts";
import { readRegularFile } from "../../../src/train/checkpoint/read-regular-file.ts";
import { writeCheckpoint } from "../../../src/train/checkpoint/write-checkpoint.ts";
import { filesOfStep, temporaryRunFolder } from "../../support/run-folders.ts";

/** What the reads of a path do in place of reading; undefined lets them read. */
const disk = vi.hoisted(() => ({
  read: undefined as ((path: string) => { bytesRead: number } | undefined) | undefined,
}));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const open = async (path: string, flags: number): ReturnType<typeof real.open> => {
    const handle = await real.open(path, flags);
    const { read } = handle;
    Object.assign(handle, {
      read: async (...args: Parameters<typeof read>) =>
        disk.read?.(path) ?? Reflect.apply(read, handle, args),
    });
    return handle;
  };
  return { ...real, open };
});

afterEach(() => {
  disk.read = undefined;
});

function failing(code: string): never {
  throw Object.assign(new Error(`${code}: injected, read`), { code, syscall: "read" });
}

function newFile(): string {
  const path = join(temporaryRunFolder(), "model.safetensors");
  writeFileSync(path, "12345");
  return path;
}

const anySize = (): undefined => undefined;

describe("readRegularFile", () => {
  it("reads all bytes, of any size that is not refused", async () => {
    expect(await readRegularFile(newFile(), anySize)).toEqual(new TextEncoder().encode("12345"));
  });

  it("refuses a size with the caller's words", async () => {
    const path = newFile();
    await expect(readRegularFile(path, (size) => `${size + 1} bytes`)).rejects.toThrow(
      new CheckpointError(`${path}: expected 6 bytes, got 5`),
    );
  });

  it("takes a failing disk for a broken checkpoint", async () => {
    const path = newFile();
    disk.read = () => failing("EIO");
    await expect(readRegularFile(path, anySize)).rejects.toThrow(
      new CheckpointError(`${path}: the disk failed to read it (EIO)`),
    );
  });

  it("takes a missing right for no fault of the checkpoint", async () => {
    const path = newFile();
    disk.read = () => failing("EACCES");
    await expect(readRegularFile(path, anySize)).rejects.toThrow(
      new FileError(
        `${path}: no permission to read it (EACCES): give this user the right to, or choose another run folder`,
      ),
    );
  });

  it("notices a file that is cut while it is read", async () => {
    const path = newFile();
    disk.read = () => ({ bytesRead: 0 });
    await expect(readRegularFile(path, anySize)).rejects.toThrow(
      new CheckpointError(`${path}: got shorter while it was read`),
    );
  });
});

describe("readNewestCheckpoint on a failing disk", () => {
  const runOfTwo = async (): Promise<string> => {
    const run = temporaryRunFolder();
    for (const step of [1, 2]) {
      await writeCheckpoint(run, step, filesOfStep(step), { gdiffVersion: "1.0.0" });
    }
    return run;
  };

  it("falls back over what the disk cannot read", async () => {
    const run = await runOfTwo();
    const unreadable = join(run, "checkpoints", "step-2", "state.json");
    disk.read = (path) => (path === unreadable ? failing("EIO") : undefined);
    expect(await readNewestCheckpoint(run)).toMatchObject({
      checkpoint: { step: 1 },
      skipped: [{ reason: `${unreadable}: the disk failed to read it (EIO)` }],
    });
  });

  it("stops, and does not fall back, where a right is missing", async () => {
    const run = await runOfTwo();
    disk.read = () => failing("EACCES");
    await expect(readNewestCheckpoint(run)).rejects.toThrow(FileError);
  });
});
