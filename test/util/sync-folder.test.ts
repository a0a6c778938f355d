import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { syncFolder } from "../../src/util/sync-folder.ts";

const disk = vi.hoisted(() => ({ answer: undefined as string | undefined, folders: 0 }));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  return {
    ...real,
    open: async (path: string, flags: string) => {
      const handle = await real.open(path, flags);
      if (flags !== "r" || disk.answer === undefined) return handle;
      disk.folders++;
      handle.sync = async () => {
        const code = disk.answer;
        throw Object.assign(new Error(`${code}: injected`), { code, syscall: "fsync" });
      };
      return handle;
    },
  };
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gdiff-sync-"));
  onTestFinished(() => {
    disk.answer = undefined;
    rmSync(folder, { recursive: true });
  });
  return folder;
}

it.each(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EACCES", "EPERM"])(
  "takes %s for a file system that cannot sync folders: the file is written",
  async (code) => {
    const folder = temporaryFolder();
    disk.answer = code;
    const before = disk.folders;
    await writeFileAtomic(join(folder, "a"), Uint8Array.of(1));
    expect(disk.folders).toBe(before + 1);
  },
);

it("tells of a disk that fails", async () => {
  const folder = temporaryFolder();
  disk.answer = "EIO";
  await expect(syncFolder(folder)).rejects.toThrow("EIO: injected");
});
