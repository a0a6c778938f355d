import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseGenomeManifest } from "../../../src/data/manifests/parse-genome-manifest.ts";
import { locateReference } from "../../../src/data/store/locate-benchmark.ts";
import { temporaryFolder } from "../../genome/fixtures.ts";
import { GOOD } from "../manifests/manifest-fixture.ts";

const WORM = { name: "WBcel235", genomes: ["WBcel235", "ce11"] };
const CDNA = { name: "GRCh38-cdna", genomes: [] };

it("finds a reference by a known genome, else by a file of its name", () => {
  const folder = temporaryFolder();
  const folders = { searched: [folder], written: folder };
  const elegans = parseGenomeManifest(
    JSON.stringify({ ...GOOD, name: "elegans", aliases: ["CE11"] }),
    "a.json",
  );
  expect(locateReference(WORM, [elegans], folders)).toBeUndefined();
  const put = (name: string): string => {
    writeFileSync(join(folder, name), "");
    return join(folder, name);
  };
  const named = put("WBcel235.fa.gz");
  expect(locateReference(WORM, [elegans], folders)).toEqual({ path: named, isKnown: false });
  const known = put("elegans.fa");
  expect(locateReference(WORM, [elegans], folders)).toEqual({ path: known, isKnown: true });
});

it("finds transcripts, which no genome has", () => {
  const folder = temporaryFolder();
  const folders = { searched: [folder], written: folder };
  expect(locateReference(CDNA, [], folders)).toBeUndefined();
  const path = join(folder, "GRCh38-cdna.fa.gz");
  writeFileSync(path, "");
  expect(locateReference(CDNA, [], folders)).toEqual({ path, isKnown: false });
});
