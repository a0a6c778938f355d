import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FileError } from "../../../src/errors.ts";
import { readCheckpoint } from "../../../src/train/checkpoint/read-checkpoint.ts";
import { writeCheckpoint } from "../../../src/train/checkpoint/write-checkpoint.ts";
import {
  filesOfStep,
  temporaryRunFolder,
  temporarySmallDisk,
  textBytes,
} from "../../support/run-folders.ts";

/** Set by a test to fail what the operating system would do; undefined lets it through. */
const disk = vi.hoisted(() => ({
  fault: undefined as ((call: string, path: string) => string | undefined) | undefined,
}));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const check = (call: string, path: string): void => {
    const code = disk.fault?.(call, path);
    if (code !== undefined)
      throw Object.assign(new Error(`${code}: injected, ${call}`), { code, syscall: call });
  };
  const open = async (path: string, ...rest: [string]): Promise<FileHandle> => {
    const handle = await real.open(path, ...rest);
    const { sync, writeFile } = handle;
    handle.sync = async () => {
      check("fsync", path);
      await sync.call(handle);
      disk.fault?.("synced", path);
    };
    handle.writeFile = async (...content) => {
      check("write", path);
      await writeFile.apply(handle, content);
    };
    return handle;
  };
  const rename = async (from: string, to: string): Promise<void> => {
    check("rename", to);
    await real.rename(from, to);
    disk.fault?.("renamed", to);
  };
  return { ...real, open, rename };
});

afterEach(() => {
  disk.fault = undefined;
});

const OPTIONS = { gdiffVersion: "1.2.3" };

describe("writeCheckpoint", () => {
  it("writes the files and a manifest with their sizes and SHA-256", async () => {
    const run = temporaryRunFolder();
    const dir = await writeCheckpoint(
      run,
      12,
      { "b.json": textBytes("abc"), "a.bin": new Uint8Array() },
      OPTIONS,
    );
    expect(dir).toBe(join(run, "checkpoints", "step-12"));
    expect(readdirSync(dir).sort()).toEqual(["a.bin", "b.json", "manifest.json"]);
    expect(JSON.parse(readFileSync(join(dir, "manifest.json"), "utf8"))).toEqual({
      schema: 1,
      step: 12,
      createdBy: "gdiff 1.2.3",
      files: [
        {
          name: "a.bin",
          bytes: 0,
          sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        },
        {
          name: "b.json",
          bytes: 3,
          sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        },
      ],
    });
  });

  it("gives equal manifests for equal files", async () => {
    const runs = [temporaryRunFolder(), temporaryRunFolder()];
    const manifests = [];
    for (const run of runs) {
      const dir = await writeCheckpoint(run, 5, filesOfStep(5), OPTIONS);
      manifests.push(readFileSync(join(dir, "manifest.json"), "utf8"));
    }
    expect(manifests[0]).toBe(manifests[1]);
  });

  it("leaves nothing but the checkpoint, in a run folder that it makes where there is none", async () => {
    const run = join(temporaryRunFolder(), "deep", "run");
    await writeCheckpoint(run, 0, filesOfStep(0), OPTIONS);
    expect(readdirSync(join(run, "checkpoints"))).toEqual(["step-0"]);
  });

  it("syncs every file, the manifest last, then the folder, renames, and syncs the parent", async () => {
    const run = temporaryRunFolder();
    const events: string[] = [];
    disk.fault = (call, path) => {
      if (call === "synced" || call === "renamed") {
        events.push(
          `${call} ${path.slice(run.length).replace(/\.step-3\.tmp-\d+-[0-9a-f]+/, "TEMPORARY")}`,
        );
      }
      return undefined;
    };
    await writeCheckpoint(run, 3, filesOfStep(3), OPTIONS);
    expect(events).toEqual([
      "synced ", // the run folder, which holds the new name checkpoints/
      "synced /checkpoints/TEMPORARY/empty.bin",
      "synced /checkpoints/TEMPORARY/model.safetensors",
      "synced /checkpoints/TEMPORARY/state.json",
      "synced /checkpoints/TEMPORARY/manifest.json",
      "synced /checkpoints/TEMPORARY",
      "renamed /checkpoints/step-3",
      "synced /checkpoints",
    ]);
  });

  it("keeps a whole checkpoint of the same step untouched", async () => {
    const run = temporaryRunFolder();
    const dir = await writeCheckpoint(run, 7, filesOfStep(7), OPTIONS);
    const before = statSync(join(dir, "manifest.json"));
    expect(await writeCheckpoint(run, 7, filesOfStep(8), OPTIONS)).toBe(dir);
    expect(statSync(join(dir, "manifest.json")).ino).toBe(before.ino);
    expect((await readCheckpoint(dir)).files).toEqual(filesOfStep(7));
  });

  it("clears what a killed process left before it asks for more space", async () => {
    const run = temporaryRunFolder();
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    mkdirSync(join(run, "checkpoints", `.step-3.tmp-${dead}-ab12`), { recursive: true });
    const alive = `.step-3.tmp-${process.ppid}-ab12`;
    mkdirSync(join(run, "checkpoints", alive));
    await writeCheckpoint(run, 3, filesOfStep(3), OPTIONS);
    expect(readdirSync(join(run, "checkpoints")).sort()).toEqual([alive, "step-3"]);
  });

  it("replaces a broken checkpoint of the same step", async () => {
    const run = temporaryRunFolder();
    const dir = await writeCheckpoint(run, 7, filesOfStep(7), OPTIONS);
    writeFileSync(join(dir, "state.json"), '{"step":8}');
    await writeCheckpoint(run, 7, filesOfStep(7), OPTIONS);
    expect((await readCheckpoint(dir)).files).toEqual(filesOfStep(7));
    expect(readdirSync(join(run, "checkpoints"))).toEqual(["step-7"]);
  });

  it.each([
    "../x",
    "/x",
    "a/b",
    "a\\b",
    "",
    ".hidden",
    "manifest.json",
    "Manifest.json",
    "C:x",
    "a b",
  ])("refuses the file name %j", async (name) => {
    await expect(
      writeCheckpoint("unused", 1, { [name]: new Uint8Array() }, OPTIONS),
    ).rejects.toThrow(
      new RangeError(
        `internal: expected a name for a checkpoint's file, got ${JSON.stringify(name)}`,
      ),
    );
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("refuses step %s", async (step) => {
    await expect(writeCheckpoint("unused", step, {}, OPTIONS)).rejects.toThrow(
      new RangeError(`internal: expected a step of 0 or more, got ${step}`),
    );
  });
});

describe("writeCheckpoint on a failing disk", () => {
  const FAULTS = [
    [
      "ENOSPC",
      "no space left to write it (ENOSPC): nothing was overwritten; free space and run again with --resume",
    ],
    [
      "EDQUOT",
      "no space left to write it (EDQUOT): nothing was overwritten; free space and run again with --resume",
    ],
    ["EIO", "the disk failed to write it (EIO)"],
    [
      "EROFS",
      "no permission to write it (EROFS): give this user the right to, or choose another run folder",
    ],
    [
      "EACCES",
      "no permission to write it (EACCES): give this user the right to, or choose another run folder",
    ],
    ["EXDEV", "the disk failed to write it (EXDEV)"],
  ] as const;

  it.each(FAULTS)(
    "says what to do on %s, at whichever call, and leaves the old checkpoint whole",
    async (code, message) => {
      const run = temporaryRunFolder();
      const old = await writeCheckpoint(run, 1, filesOfStep(1), OPTIONS);
      for (const failing of [
        "write model.safetensors",
        "fsync state.json",
        "write manifest.json",
        "fsync manifest.json",
        "rename step-2",
      ]) {
        disk.fault = (call, path) =>
          `${call} ${path.split(/[\\/]/).at(-1)}` === failing ? code : undefined;
        const dir = join(run, "checkpoints", "step-2");
        await expect(writeCheckpoint(run, 2, filesOfStep(2), OPTIONS)).rejects.toThrow(
          new FileError(`${dir}: ${message}`),
        );
        disk.fault = undefined;
        expect(readdirSync(join(run, "checkpoints"))).toEqual(["step-1"]);
        expect((await readCheckpoint(old)).files).toEqual(filesOfStep(1));
      }
      await writeCheckpoint(run, 2, filesOfStep(2), OPTIONS);
      expect(readdirSync(join(run, "checkpoints"))).toEqual(["step-1", "step-2"]);
    },
  );

  it("passes on an error that is not the disk's", async () => {
    disk.fault = () => {
      throw new TypeError("a bug");
    };
    await expect(writeCheckpoint(temporaryRunFolder(), 1, {}, OPTIONS)).rejects.toThrow(
      new TypeError("a bug"),
    );
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "names a folder that may not be written",
    async () => {
      const run = temporaryRunFolder();
      mkdirSync(join(run, "checkpoints"));
      chmodSync(join(run, "checkpoints"), 0o500);
      await expect(writeCheckpoint(run, 2, {}, OPTIONS)).rejects.toThrow(
        "no permission to write it (EACCES)",
      );
      chmodSync(join(run, "checkpoints"), 0o700);
    },
  );

  it("stops at a full disk and goes on when there is space", async (context) => {
    const disk = temporarySmallDisk("256k");
    if (disk === undefined) return context.skip();
    const run = join(disk, "run");
    await writeCheckpoint(run, 1, filesOfStep(1), OPTIONS);
    const large = { "model.safetensors": new Uint8Array(2 ** 20) };
    await expect(writeCheckpoint(run, 2, large, OPTIONS)).rejects.toThrow(
      new FileError(
        `${join(run, "checkpoints", "step-2")}: no space left to write it (ENOSPC): ` +
          "nothing was overwritten; free space and run again with --resume",
      ),
    );
    expect(readdirSync(join(run, "checkpoints"))).toEqual(["step-1"]);
    await writeCheckpoint(run, 2, filesOfStep(2), OPTIONS);
    expect(existsSync(join(run, "checkpoints", "step-2", "manifest.json"))).toBe(true);
  });
});
