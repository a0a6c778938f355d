import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { downloadPath, genomePaths, locateGenome } from "../../../src/data/store/locate-genome.ts";
import { temporaryFolder } from "../../genome/fixtures.ts";

const HG38 = { name: "GRCh38", aliases: ["hg38"] };

it("looks in every folder for every name, plain before gzip before 2bit", () => {
  const folders = { searched: ["/a", "/b"], written: "/b" };
  expect(genomePaths(HG38, folders)).toEqual([
    "/a/GRCh38.fa",
    "/a/GRCh38.fa.gz",
    "/a/GRCh38.2bit",
    "/a/hg38.fa",
    "/a/hg38.fa.gz",
    "/a/hg38.2bit",
    "/b/GRCh38.fa",
    "/b/GRCh38.fa.gz",
    "/b/GRCh38.2bit",
    "/b/hg38.fa",
    "/b/hg38.fa.gz",
    "/b/hg38.2bit",
  ]);
  expect(genomePaths(HG38, folders)).toContain(downloadPath(HG38, folders));
});

it("finds a regular file, and passes a folder of the name over", () => {
  const folder = temporaryFolder();
  const folders = { searched: [join(folder, "none"), folder], written: folder };
  expect(locateGenome(HG38, folders)).toBeUndefined();
  mkdirSync(join(folder, "GRCh38.fa"));
  expect(locateGenome(HG38, folders)).toBeUndefined();
  writeFileSync(join(folder, "hg38.fa.gz"), "");
  expect(locateGenome(HG38, folders)).toBe(join(folder, "hg38.fa.gz"));
});
