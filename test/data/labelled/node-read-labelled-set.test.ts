import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  labelledSetFolders,
  readLabelledSet,
} from "../../../src/data/labelled/node-read-labelled-set.ts";
import { FileError, TableError } from "../../../src/errors.ts";
import { temporaryFolder } from "../../genome/fixtures.ts";

/** A set with one interval a file; returns its folder. */
function writeSet(folder: string): string {
  for (const [split, start] of [
    ["train", 0],
    ["test", 5],
  ] as const) {
    mkdirSync(join(folder, split), { recursive: true });
    const text = `id,region,start,end,strand\n1,chr1,${start},9,+\n`;
    writeFileSync(join(folder, split, "ocr.csv.gz"), gzipSync(text));
    writeFileSync(join(folder, split, "enhancer.csv"), text.replace("9", "8"));
  }
  return folder;
}

describe("labelledSetFolders", () => {
  it("finds a set, and the sets of a folder by name", async () => {
    const folder = temporaryFolder();
    const sets = ["b", "a"].map((name) => writeSet(join(folder, name)));
    mkdirSync(join(folder, "other"));
    expect(await labelledSetFolders(join(folder, "a"))).toEqual([join(folder, "a")]);
    expect(await labelledSetFolders(folder)).toEqual(sets.toReversed());
  });

  it("refuses a folder without sets, and what is no folder", async () => {
    const folder = temporaryFolder();
    await expect(labelledSetFolders(folder)).rejects.toEqual(
      new FileError(
        `${folder}: expected a folder with train/ and test/ of interval files (CLASS.csv.gz), or folders of such folders, got none`,
      ),
    );
    const missing = join(folder, "missing");
    await expect(labelledSetFolders(missing)).rejects.toEqual(
      new FileError(`${missing}: expected a folder that can be read, got ENOENT`),
    );
  });
});

describe("readLabelledSet", () => {
  it("takes each file for a class, plain or gzip", async () => {
    const { name, train, test } = await readLabelledSet(writeSet(join(temporaryFolder(), "ocrs")));
    expect(name).toBe("ocrs");
    const at = (start: number, end: number, label: string) => ({
      id: "1",
      contig: "chr1",
      start,
      end,
      label,
      strand: "+",
    });
    expect(train).toEqual([at(0, 8, "enhancer"), at(0, 9, "ocr")]);
    expect(test).toEqual([at(5, 8, "enhancer"), at(5, 9, "ocr")]);
  });

  it("refuses two files of a class, which would count its intervals twice, and leaves out those of a Mac", async () => {
    const folder = writeSet(join(temporaryFolder(), "a"));
    writeFileSync(join(folder, "test", "._ocr.csv.gz"), "Mac OS X");
    expect((await readLabelledSet(folder)).test).toHaveLength(2);
    const plain = join(folder, "test", "ocr.csv");
    writeFileSync(plain, "id,region,start,end,strand\n1,chr1,5,9,+\n");
    await expect(readLabelledSet(folder)).rejects.toEqual(
      new FileError(`${plain}.gz: expected one file of class ocr, got ${plain} too`),
    );
  });

  it("refuses a split without files, and bytes that are no text", async () => {
    const folder = writeSet(join(temporaryFolder(), "a"));
    writeFileSync(join(folder, "train", "enhancer.csv"), Uint8Array.of(0xff, 0xfe));
    await expect(readLabelledSet(folder)).rejects.toThrow(TableError);
    const empty = join(temporaryFolder(), "empty");
    for (const split of ["train", "test"]) mkdirSync(join(empty, split), { recursive: true });
    await expect(readLabelledSet(empty)).rejects.toEqual(
      new FileError(
        `${empty}/train: expected interval files (CLASS.csv or CLASS.csv.gz), got none`,
      ),
    );
  });
});
