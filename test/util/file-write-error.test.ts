import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FileError } from "../../src/errors.ts";
import { fileWriteError } from "../../src/util/file-write-error.ts";

const path = join("runs", "a", "table.tsv");
const folder = join("runs", "a");
const systemError = (code: string) =>
  Object.assign(new Error(`${code}: no luck`), { code, syscall: "open" });

describe("fileWriteError", () => {
  it.each([
    ["ENOENT", `there is no folder ${folder}: create it, or choose another path`],
    ["ENOTDIR", `${folder} is not a folder: choose another path`],
    ["EISDIR", "a folder has that name: choose another path"],
    [
      "EACCES",
      `${folder} may not be written to (EACCES): change its permissions, or choose another path`,
    ],
    [
      "EPERM",
      `${folder} may not be written to (EPERM): change its permissions, or choose another path`,
    ],
    ["EROFS", `${folder} is on a read-only file system: choose another path`],
    ["ENOSPC", `the disk of ${folder} is full: free some space, or choose another path`],
    ["EDQUOT", `the disk quota in ${folder} is used up: free some space, or choose another path`],
    ["ENAMETOOLONG", "its name is too long for the file system: choose a shorter one"],
    ["EIO", "the system said: EIO: no luck"],
  ])("says for %s what to do", (code, sentence) => {
    const cause = systemError(code);
    const error = fileWriteError(path, cause);
    expect(error).toBeInstanceOf(FileError);
    expect(error.message).toBe(`${path}: expected to write the file, but ${sentence}`);
    expect(error.cause).toBe(cause);
  });

  it("repeats what is no system error", () => {
    expect(fileWriteError(path, "no luck").message).toBe(
      `${path}: expected to write the file, but the system said: no luck`,
    );
  });
});
