import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arrowBytes } from "../../../src/data/table/arrow-bytes.ts";
import { parquetBytes } from "../../../src/data/table/parquet-bytes.ts";
import { tsvBytes } from "../../../src/data/table/tsv-bytes.ts";
import { checkTablePath, writeTable } from "../../../src/data/table/write-table.ts";
import { FileError, UsageError } from "../../../src/errors.ts";
import { EVERY_TYPE } from "../../support/tables.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gdiff-table-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("writeTable", () => {
  it.each([
    ["scores.arrow", arrowBytes],
    ["scores.tsv", async () => tsvBytes(EVERY_TYPE)],
    ["scores.v2.PARQUET", parquetBytes],
  ])("writes %s in the format of its extension", async (name, encode) => {
    await writeTable(join(folder, name), EVERY_TYPE);
    expect(await readFile(join(folder, name))).toEqual(Buffer.from(await encode(EVERY_TYPE)));
    expect(await readdir(folder)).toEqual([name]);
  });

  it("names the three formats where the extension is another one or none", async () => {
    await expect(writeTable("a.csv", EVERY_TYPE)).rejects.toThrow(
      new UsageError(
        "a.csv: expected a table to end in .arrow, .tsv, .parquet, got .csv: rename it",
      ),
    );
    await expect(checkTablePath("scores")).rejects.toThrow(
      new UsageError(
        "scores: expected a table to end in .arrow, .tsv, .parquet, got a name without an extension: rename it",
      ),
    );
  });

  it("says when the folder is missing", async () => {
    const path = join(folder, "none", "t.tsv");
    await expect(writeTable(path, EVERY_TYPE)).rejects.toThrow(FileError);
    await expect(checkTablePath(path)).rejects.toThrow(
      new FileError(
        `${path}: expected to write the file, but there is no folder ${join(folder, "none")}: create it, or choose another path`,
      ),
    );
  });

  it("says so before the work when the path can be written, and leaves nothing", async () => {
    await checkTablePath(join(folder, "t.tsv"));
    expect(await readdir(folder)).toEqual([]);
  });
});
