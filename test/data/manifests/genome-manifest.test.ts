import { describe, expect, it } from "vitest";
import { contigAliases, parseGenomeManifest } from "../../../src/data/manifests/genome-manifest.ts";
import { FileError } from "../../../src/errors.ts";

const MD5 = "0123456789abcdef0123456789abcdef";
const FILE = {
  url: "https://example.org/a.fa.gz",
  bytes: 10,
  md5: MD5,
  sha256: MD5 + MD5,
  flavour: "ucsc",
};
const CONTIG = {
  name: "chr1",
  aliases: ["1"],
  lengthBases: 5,
  md5: { analysisSet: MD5, ucsc: MD5 },
};
const GOOD = { schema: 1, name: "A1", aliases: ["a"], file: FILE, contigs: [CONTIG] };

describe("parseGenomeManifest", () => {
  it("reads a manifest, and gives a contig's names as one group", () => {
    const manifest = parseGenomeManifest(JSON.stringify(GOOD), "a1.json");
    expect(manifest).toEqual({ name: "A1", aliases: ["a"], file: FILE, contigs: [CONTIG] });
    expect(contigAliases(manifest)).toEqual([["chr1", "1"]]);
  });

  const contigs = (change: object): object => ({ contigs: [{ ...CONTIG, ...change }] });
  const file = (change: object): object => ({ file: { ...FILE, ...change } });

  it.each([
    [{ schema: 2 }, "schema to be 1, got 2"],
    [{ name: "" }, 'name to be a name without spaces, got ""'],
    [{ aliases: "hg38" }, 'aliases to be a list, got "hg38"'],
    [{ aliases: [1] }, "aliases[0] to be a name without spaces, got 1"],
    [
      { urls: [] },
      'the keys of the manifest to be schema, name, aliases, file, contigs, got "urls"',
    ],
    [{ file: undefined }, "file to be a mapping, got nothing"],
    [
      file({ url: "http://example.org/a" }),
      'file.url to be an https URL, got "http://example.org/a"',
    ],
    [file({ bytes: 1.5 }), "file.bytes to be a positive integer, got 1.5"],
    [file({ md5: "abc" }), 'file.md5 to be 32 hex digits, got "abc"'],
    [file({ sha256: null }), "file.sha256 to be 64 hex digits, got null"],
    [file({ flavour: "ensembl" }), 'file.flavour to be analysisSet or ucsc, got "ensembl"'],
    [{ contigs: {} }, "contigs to be a list, got {}"],
    [{ contigs: [[]] }, "contigs[0] to be a mapping, got []"],
    [contigs({ lengthBases: 0 }), "contigs[0].lengthBases to be a positive integer, got 0"],
    [
      contigs({ md5: { ucsc: MD5 } }),
      "contigs[0].md5.analysisSet to be 32 hex digits, got nothing",
    ],
    [
      contigs({ aliases: ["chr 1"] }),
      'contigs[0].aliases[0] to be a name without spaces, got "chr 1"',
    ],
    [
      { contigs: [CONTIG, { ...CONTIG, name: "chr2" }] },
      'each name of a contig once, got "1" twice',
    ],
  ])("says what is wrong, case %#", (change, message) => {
    expect(() => parseGenomeManifest(JSON.stringify({ ...GOOD, ...change }), "a1.json")).toThrow(
      new FileError(`a1.json: expected ${message}`),
    );
  });

  it("refuses text that is not JSON", () => {
    expect(() => parseGenomeManifest("{", "a1.json")).toThrow(
      new FileError("a1.json: expected JSON, got text that is not JSON"),
    );
  });
});
