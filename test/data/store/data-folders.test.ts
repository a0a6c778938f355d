import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { dataFolders } from "../../../src/data/store/data-folders.ts";
import { temporaryFolder } from "../../genome/fixtures.ts";

it("takes $GDIFF_DATA, else the user's cache; what is set but empty is not set", () => {
  const home = temporaryFolder();
  const only = (folder: string) => ({ searched: [folder], written: folder });
  const cached = only(join(home, ".cache", "gdiff"));
  expect(dataFolders({}, home)).toEqual(cached);
  expect(dataFolders({ GDIFF_DATA: "", XDG_CACHE_HOME: "" }, home)).toEqual(cached);
  expect(dataFolders({ XDG_CACHE_HOME: "/x" }, home)).toEqual(only("/x/gdiff"));
  const data = join(home, "not", "yet", "there");
  expect(dataFolders({ GDIFF_DATA: data, XDG_CACHE_HOME: "/x" }, home)).toEqual(only(data));
});

it("takes a relative $GDIFF_DATA from the folder that the command runs in", () => {
  expect(dataFolders({ GDIFF_DATA: "genomes" }, "/home/a").written).toBe(
    join(process.cwd(), "genomes"),
  );
});

it("cannot write into a file, nor below one", () => {
  const home = temporaryFolder();
  const file = join(home, "file");
  writeFileSync(file, "");
  const cache = join(home, ".cache", "gdiff");
  for (const data of [file, join(file, "below")])
    expect(dataFolders({ GDIFF_DATA: data }, home).written).toBe(cache);
  mkdirSync(join(home, "real"));
  symlinkSync(join(home, "real"), join(home, "link"));
  expect(dataFolders({ GDIFF_DATA: join(home, "link") }, home).written).toBe(join(home, "link"));
});
