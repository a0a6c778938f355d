import {
  chmodSync,
  existsSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FileRecord, formatRecord, parseRecord } from "../../../src/data/store/file-record.ts";
import { readRecord, recordPaths, writeRecord } from "../../../src/data/store/record-store.ts";
import { scanGenomeFile } from "../../../src/data/store/scan-genome-file.ts";
import { FileError } from "../../../src/errors.ts";
import { asUnprivileged } from "../../genome/as-unprivileged.ts";
import { failure, temporaryFile, temporaryFolder } from "../../genome/fixtures.ts";

const MADE_FROM = "a".repeat(64);

async function scanned(
  content = ">a\nACGT\n>b\nacgtnR\n",
): Promise<{ path: string; record: FileRecord }> {
  const path = temporaryFile("a.fa", content);
  const { bytes, modifiedMs, sha256, contigs } = await scanGenomeFile(path);
  return { path, record: { bytes, modifiedMs, sha256, madeFrom: MADE_FROM, contigs } };
}

const foldersIn = (folder: string) => ({ searched: [folder], written: folder });

describe("a record", () => {
  test("comes back as it was written", async () => {
    const { record } = await scanned();
    expect(parseRecord(formatRecord(record), "r")).toEqual(record);
    const { madeFrom: _, ...without } = record;
    expect(parseRecord(formatRecord(without), "r")).toEqual(without);
  });

  test("with any bit flipped is refused, or says the same", async () => {
    const { record } = await scanned(">a\nAC\n");
    const bytes = new TextEncoder().encode(formatRecord(record));
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      try {
        expect(parseRecord(new TextDecoder().decode(flipped), "r"), `bit ${bit}`).toEqual(record);
      } catch (error) {
        expect(error, `bit ${bit}`).toBeInstanceOf(FileError);
      }
    }
  });

  test("that was changed by hand is refused", async () => {
    const { record } = await scanned();
    const text = formatRecord(record).replace('"length": 4', '"length": 5');
    expect(() => parseRecord(text, "r")).toThrow(
      new FileError("r: expected the record as gdiff wrote it, got one that was changed"),
    );
    expect(() => parseRecord("[]", "r")).toThrow(
      new FileError("r: expected the record to be a mapping, got []"),
    );
  });
});

describe("the records' places", () => {
  test("beside the file; forgotten with a change of size or time", async () => {
    const { path, record } = await scanned();
    const folders = foldersIn(temporaryFolder());
    expect(await readRecord(path, folders)).toEqual({ kind: "nothing" });
    expect(await writeRecord(path, record, folders)).toBe(`${path}.gdiff.json`);
    expect(await readRecord(path, folders)).toEqual({ kind: "same", record });

    utimesSync(path, 1, 1);
    expect(await readRecord(path, folders)).toEqual({ kind: "changed", record });
    writeFileSync(path, ">a\nACGTA\n");
    expect(await readRecord(path, folders)).toMatchObject({ kind: "changed" });
  });

  test("in the user's own folder where the file's may not be written to", async () => {
    const { path, record } = await scanned();
    const own = temporaryFolder();
    chmodSync(own, 0o777);
    chmodSync(dirname(path), 0o555);
    const folders = foldersIn(join(own, "gdiff"));
    const [beside, elsewhere] = recordPaths(path, folders);
    expect(await asUnprivileged(() => writeRecord(path, record, folders))).toBe(elsewhere);
    expect(elsewhere.startsWith(join(own, "gdiff", "beside"))).toBe(true);
    expect(existsSync(beside)).toBe(false);
    expect(await readRecord(path, folders)).toEqual({ kind: "same", record });
  });

  test("two files of one name in two folders have two records", async () => {
    const folders = foldersIn(temporaryFolder());
    const [, a] = recordPaths((await scanned()).path, folders);
    const [, b] = recordPaths((await scanned()).path, folders);
    expect(a).not.toBe(b);
  });

  test("a newer record elsewhere counts where the one beside the file is of an older file", async () => {
    const { path, record } = await scanned();
    const folders = foldersIn(temporaryFolder());
    await writeRecord(path, { ...record, modifiedMs: 1 }, folders);
    const [beside, elsewhere] = recordPaths(path, folders);
    chmodSync(dirname(path), 0o555);
    chmodSync(folders.written, 0o777);
    await asUnprivileged(() => writeRecord(path, record, folders));
    expect([existsSync(beside), existsSync(elsewhere)]).toEqual([true, true]);
    expect(await readRecord(path, folders)).toEqual({ kind: "same", record });
  });

  test("one that is damaged is said to be so", async () => {
    const { path, record } = await scanned();
    const folders = foldersIn(temporaryFolder());
    const place = await writeRecord(path, record, folders);
    writeFileSync(place, readFileSync(place, "utf8").slice(0, -10));
    expect(await readRecord(path, folders)).toEqual({
      kind: "damaged",
      reason: `${place}: expected JSON, got text that is not JSON`,
    });
    truncateSync(place, 2 ** 28 + 1);
    expect(await readRecord(path, folders)).toMatchObject({
      kind: "damaged",
      reason: `${place}: expected a record of at most 256.0 MiB, got 256.0 MiB`,
    });
  });

  test("a file that is not there is a failure", async () => {
    const missing = join(temporaryFolder(), "none.fa");
    expect(await failure(() => readRecord(missing, foldersIn("/nowhere")))).toBe(
      `FileError: ${missing}: no such file (check the path)`,
    );
  });
});
