import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, ftruncateSync, openSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileError, openFileSource } from "../../src/genome/node-file-source.ts";
import { asUnprivileged } from "./as-unprivileged.ts";
import { failure, temporaryFile, temporaryFolder, textOf } from "./fixtures.ts";

test("reads beyond 4 GiB", async () => {
  const path = join(temporaryFolder(), "sparse");
  const file = openSync(path, "w");
  ftruncateSync(file, 5 * 2 ** 30);
  writeSync(file, "ACGT", 4.5 * 2 ** 30);
  closeSync(file);
  const source = openFileSource(path);
  expect(source.size).toBe(5 * 2 ** 30);
  expect(textOf(source.readSync(4.5 * 2 ** 30, 4))).toBe("ACGT");
  expect(textOf(await source.read(4.5 * 2 ** 30 + 1, 2, new Uint8Array(9)))).toBe("CG");
  await source.close();
});

test("refuses a missing file", async () => {
  const path = join(temporaryFolder(), "none.fa");
  expect(await failure(() => openFileSource(path))).toBe(
    `FileError: ${path}: no such file (check the path)`,
  );
});

test("refuses a path through a file", async () => {
  const path = join(temporaryFile("a", ""), "none.fa");
  expect(await failure(() => openFileSource(path))).toBe(
    `FileError: ${path}: no such file (a part of the path is not a folder)`,
  );
});

test("refuses a folder", async () => {
  const path = temporaryFolder();
  expect(await failure(() => openFileSource(path))).toBe(
    `FileError: ${path}: expected a regular file, got a folder`,
  );
});

test("refuses a device", async () => {
  expect(await failure(() => openFileSource("/dev/null"))).toBe(
    "FileError: /dev/null: expected a regular file, got a pipe or device (write it to a file first)",
  );
});

test("refuses a named pipe without waiting for its writer", async () => {
  const path = join(temporaryFolder(), "pipe.fa");
  execFileSync("mkfifo", [path]);
  expect(await failure(() => openFileSource(path))).toBe(
    `FileError: ${path}: expected a regular file, got a pipe or device (write it to a file first)`,
  );
});

test.each([
  ["EMFILE", "too many open files (raise the limit with ulimit -n)"],
  ["EPERM", "permission denied (check who may read it)"],
  ["EIO", "cannot be used (EIO)"],
])("says what %s means", async (code, message) => {
  const cause = Object.assign(new Error("system"), { code, syscall: "open" });
  expect(fileError("x.fa", cause).message).toBe(`x.fa: ${message}`);
  expect(fileError("x.fa", cause).cause).toBe(cause);
});

test("says what it can of a failure without a code", () => {
  expect(fileError("x.fa", new TypeError("odd")).message).toBe(
    "x.fa: cannot be used (TypeError: odd)",
  );
});

test("needs room for what it reads", async () => {
  const source = openFileSource(temporaryFile("x", "0123456789"));
  expect(await failure(() => source.read(0, 4, new Uint8Array(3)))).toBe(
    "RangeError: internal: expected room for 4 bytes, got 3",
  );
  await source.close();
});

test("refuses a file that may not be read", async () => {
  const path = temporaryFile("secret.fa", ">a\nACGT\n");
  chmodSync(path, 0o000);
  expect(await asUnprivileged(() => failure(() => openFileSource(path)))).toBe(
    `FileError: ${path}: permission denied (check who may read it)`,
  );
});

test("refuses to read a file that became shorter, or that was closed", async () => {
  const path = temporaryFile("short.fa", "0123456789");
  const source = openFileSource(path);
  truncateSync(path, 4);
  expect(await failure(() => source.read(2, 6))).toBe(
    `FileError: ${path}: expected 6 bytes at byte 2, got 2 (it became shorter while it was read)`,
  );
  await source.close();
  await source.close();
  expect(await failure(() => source.read(0, 1))).toBe(
    `FileError: ${path}: expected an open file, but it was closed`,
  );
});
