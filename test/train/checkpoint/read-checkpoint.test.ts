import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { CheckpointError, FileError } from "../../../src/errors.ts";
import { readCheckpoint, verifyCheckpoint } from "../../../src/train/checkpoint/read-checkpoint.ts";
import { writeCheckpoint } from "../../../src/train/checkpoint/write-checkpoint.ts";
import { sha256Hex } from "../../../src/util/sha256.ts";
import { filesOfStep, temporaryRunFolder } from "../../support/run-folders.ts";

async function written(): Promise<string> {
  return writeCheckpoint(temporaryRunFolder(), 12, filesOfStep(12), { gdiffVersion: "1.0.0" });
}

describe("readCheckpoint", () => {
  it("gives back the files, the step, and the manifest's SHA-256", async () => {
    const dir = await written();
    const manifestSha256 = sha256Hex(readFileSync(join(dir, "manifest.json")));
    expect(await readCheckpoint(dir)).toEqual({
      step: 12,
      dir,
      files: filesOfStep(12),
      manifestSha256,
    });
  });

  it("reads a checkpoint that was copied elsewhere", async () => {
    const dir = await written();
    const copy = join(temporaryRunFolder(), "step-12");
    cpSync(dir, copy, { recursive: true });
    expect((await readCheckpoint(copy)).files).toEqual(filesOfStep(12));
  });

  it("ignores files that the manifest does not list", async () => {
    const dir = await written();
    writeFileSync(join(dir, "notes.txt"), "mine");
    expect((await readCheckpoint(dir)).files).toEqual(filesOfStep(12));
  });

  it("notices every flipped bit of every file, and every cut", async () => {
    const dir = await written();
    for (const name of readdirSync(dir)) {
      const path = join(dir, name);
      const whole = readFileSync(path);
      for (let byte = 0; byte < whole.length; byte++) {
        const damaged = Buffer.from(whole);
        damaged[byte] = (damaged[byte] as number) ^ (1 << (byte % 8));
        writeFileSync(path, damaged);
        await readDamaged(dir, name);
        writeFileSync(path, whole.subarray(0, byte));
        await readDamaged(dir, name);
      }
      writeFileSync(path, whole);
    }
    expect((await readCheckpoint(dir)).files).toEqual(filesOfStep(12));
  });

  const model = (dir: string): string => join(dir, "model.safetensors");
  const manifest = (dir: string): string => join(dir, "manifest.json");
  const replaceByLink = (path: string): void => {
    renameSync(path, `${path}.elsewhere`);
    symlinkSync(`${path}.elsewhere`, path);
  };

  it.each<[string, (dir: string) => void, (dir: string) => string]>([
    [
      "a missing file",
      (dir) => rmSync(model(dir)),
      (dir) => `${model(dir)}: expected a file, got none (was saving or copying interrupted?)`,
    ],
    [
      "a missing manifest",
      (dir) => rmSync(manifest(dir)),
      (dir) => `${manifest(dir)}: expected a file, got none (was saving or copying interrupted?)`,
    ],
    [
      "a cut file",
      (dir) => truncateSync(model(dir), 5),
      (dir) => `${model(dir)}: expected 18 bytes, as the manifest says, got 5`,
    ],
    [
      "changed bytes",
      (dir) => writeFileSync(model(dir), "weights of step 21"),
      (dir) =>
        `${model(dir)}: expected SHA-256 ${sha256Hex(filesOfStep(12)["model.safetensors"] as Uint8Array)}, as the manifest says, ` +
        `got ${sha256Hex(new TextEncoder().encode("weights of step 21"))} (was it changed, or is the disk failing?)`,
    ],
    [
      "a link for a file",
      (dir) => replaceByLink(model(dir)),
      (dir) => `${model(dir)}: expected a regular file, got a symbolic link (copy the file itself)`,
    ],
    [
      "a link for the manifest",
      (dir) => replaceByLink(manifest(dir)),
      (dir) =>
        `${manifest(dir)}: expected a regular file, got a symbolic link (copy the file itself)`,
    ],
    [
      "a link for the folder",
      replaceByLink,
      (dir) => `${dir}: expected a folder, got a symbolic link`,
    ],
    [
      "a file for the folder",
      (dir) => {
        rmSync(dir, { recursive: true });
        writeFileSync(dir, "");
      },
      (dir) => `${dir}: expected a folder, got a file`,
    ],
    [
      "a folder for a file",
      (dir) => {
        rmSync(model(dir));
        mkdirSync(model(dir));
      },
      (dir) => `${model(dir)}: expected a regular file, got another kind`,
    ],
    [
      "a pipe for a file",
      (dir) => {
        rmSync(model(dir));
        execFileSync("mkfifo", [model(dir)]);
      },
      (dir) => `${model(dir)}: expected a regular file, got another kind`,
    ],
    [
      "a huge manifest",
      (dir) => truncateSync(manifest(dir), 2 ** 40),
      (dir) => `${manifest(dir)}: expected at most 1,048,576 bytes, got 1,099,511,627,776`,
    ],
  ])("refuses %s", async (_, damage, message) => {
    const dir = await written();
    damage(dir);
    const error = new CheckpointError(message(dir));
    await expect(readCheckpoint(dir)).rejects.toThrow(error);
    await expect(verifyCheckpoint(dir)).rejects.toThrow(error);
  });

  it("refuses a folder that was renamed to another step", async () => {
    const dir = await written();
    const renamed = join(dirname(dir), "step-13");
    renameSync(dir, renamed);
    await expect(readCheckpoint(renamed)).rejects.toThrow(
      new CheckpointError(
        `${join(renamed, "manifest.json")}: expected step 13, as its folder is called, got 12 (was the folder renamed?)`,
      ),
    );
  });

  it("refuses a folder that is called otherwise", async () => {
    await expect(readCheckpoint("run/checkpoints/best")).rejects.toThrow(
      new CheckpointError("run/checkpoints/best: expected a folder called step-N"),
    );
  });

  it("says when there is no such folder", async () => {
    const dir = join(temporaryRunFolder(), "step-1");
    await expect(readCheckpoint(dir)).rejects.toThrow(
      new FileError(`${dir}: nothing there to read (ENOENT)`),
    );
  });
});

/** Damage to the manifest's createdBy or to its last line feed costs nothing; any other must be refused. */
async function readDamaged(dir: string, name: string): Promise<void> {
  try {
    const { files } = await readCheckpoint(dir);
    expect(name).toBe("manifest.json");
    expect(files).toEqual(filesOfStep(12));
  } catch (error) {
    expect(error).toMatchObject({ code: "E_CHECKPOINT", exitCode: 4 });
  }
}
