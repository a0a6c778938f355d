import { describe, expect, it } from "vitest";
import {
  contigAliases,
  contigClass,
  manifestBases,
} from "../../../src/data/manifests/genome-manifest.ts";
import { parseGenomeManifest } from "../../../src/data/manifests/parse-genome-manifest.ts";
import { FileError } from "../../../src/errors.ts";
import { CONTIG, FILE, GOOD, MD5 } from "./manifest-fixture.ts";

const parse = (manifest: object) => parseGenomeManifest(JSON.stringify(manifest), "a1.json");

describe("parseGenomeManifest", () => {
  it("reads a manifest, and gives a contig's names as one group", () => {
    const { $schema: _, schema: __, builtIn: ___, ...facts } = GOOD;
    const manifest = parse(GOOD);
    expect(manifest).toEqual({
      ...facts,
      isBuiltIn: false,
      flavours: new Map(Object.entries(GOOD.flavours)),
      contigs: [{ ...CONTIG, aliases: new Map([["ensembl", "1"]]), md5: new Map([["ucsc", MD5]]) }],
    });
    expect(contigAliases(manifest)).toEqual([["chr1", "1"]]);
    expect(manifestBases(manifest)).toBe(5);
  });

  it("does without what may be absent", () => {
    const { schema, name, aliases, about, flavours, contigs } = GOOD;
    const manifest = parse({ schema, name, aliases, about, flavours, contigs });
    expect(manifest).toMatchObject({ isBuiltIn: false, others: [] });
    expect([manifest.file, manifest.splits]).toEqual([undefined, undefined]);
    expect(parse({ ...GOOD, file: { ...FILE, md5: undefined } }).file).not.toHaveProperty("md5");
  });

  it("knows the class of contigs that it lists, by any name, and of others by their pattern", () => {
    const others = [
      { names: "chrUn_*_decoy", class: "decoy" },
      { names: "chrUn_*", class: "unplaced" },
    ];
    const manifest = parse({ ...GOOD, others });
    const classes = ["chr1", "1", "chrUn_A_decoy", "chrUn_A", "chrUn_decoy", "chr2"].map((name) =>
      contigClass(manifest, name),
    );
    expect(classes).toEqual([
      "primary",
      "primary",
      "decoy",
      "unplaced",
      "unplaced", // the two halves of the first pattern may not overlap
      undefined,
    ]);
  });

  it("has no names but its own: what every object inherits is no flavour and no style", () => {
    const manifest = parse({
      ...GOOD,
      flavours: { ...GOOD.flavours, constructor: "odd" },
      contigs: [{ ...CONTIG, md5: { constructor: MD5 } }],
    });
    expect(manifest.contigs[0]?.md5.get("constructor")).toBe(MD5);
    expect(manifest.contigs[0]?.aliases.get("constructor")).toBeUndefined();
    expect(() =>
      parseGenomeManifest(JSON.stringify(GOOD).replace('"ucsc":"of', '"__proto__":"of'), "a1.json"),
    ).toThrow(
      'keys of flavours to be words of at most 32 lower-case letters, digits and -, got "__proto__"',
    );
  });

  const contigs = (change: object): object => ({ contigs: [{ ...CONTIG, ...change }] });
  const file = (change: object): object => ({ file: { ...FILE, ...change } });
  const genomeName = "a name of at most 64 letters, digits, . _ + and -";

  it.each([
    [{ schema: 2 }, "schema to be 1, got 2"],
    [{ $schema: 1 }, "$schema to be a text, got 1"],
    [{ name: "" }, `name to be ${genomeName}, got ""`],
    [{ name: "../up" }, `name to be ${genomeName}, got "../up"`],
    [{ aliases: "hg38" }, 'aliases to be a list, got "hg38"'],
    [{ aliases: [1] }, `aliases[0] to be ${genomeName}, got 1`],
    [{ aliases: Array(1001).fill("a") }, "aliases to be a list of 0 to 1000 items, got 1001"],
    [{ about: "a\nb" }, 'about to be a line of text, got "a\\nb"'],
    [{ builtIn: 1 }, "builtIn to be true or false, got 1"],
    [
      { urls: [] },
      'the keys of the manifest to be $schema, schema, name, aliases, about, builtIn, file, flavours, splits, contigs, others, got "urls"',
    ],
    [{ file: null }, "file to be a mapping, got null"],
    [
      file({ url: "http://example.org/a" }),
      'file.url to be an https URL, got "http://example.org/a"',
    ],
    [file({ bytes: 1.5 }), "file.bytes to be a positive integer, got 1.5"],
    [file({ md5: "abc" }), 'file.md5 to be 32 hex digits, got "abc"'],
    [file({ sha256: null }), "file.sha256 to be 64 hex digits, got null"],
    [file({ flavour: "UCSC" }), 'file.flavour to be the name of a flavour, got "UCSC"'],
    [
      file({ flavour: "ensembl" }),
      'flavours to describe each flavour that is named, got no "ensembl"',
    ],
    [{ builtIn: true }, "a built-in genome to have no file, got one"],
    [{ flavours: { ucsc: 1 } }, "flavours.ucsc to be a line of text, got 1"],
    [{ flavours: [] }, "flavours to be a mapping, got []"],
    [{ splits: { train: [] } }, "splits.valid to be a list, got nothing"],
    [
      { splits: { train: ["chr1"], valid: ["chr1"], test: [] } },
      'each contig in a split once, got "chr1" twice',
    ],
    [
      { splits: { train: ["1"], valid: [], test: [] } },
      'the splits to name contigs of the manifest, got "1"',
    ],
    [{ contigs: {} }, "contigs to be a list, got {}"],
    [{ contigs: [] }, "contigs to be a list of 1 to 4194304 items, got 0"],
    [{ contigs: [[]] }, "contigs[0] to be a mapping, got []"],
    [contigs({ lengthBases: 0 }), "contigs[0].lengthBases to be a positive integer, got 0"],
    [contigs({ md5: { ucsc: "x" } }), 'contigs[0].md5.ucsc to be 32 hex digits, got "x"'],
    [
      contigs({ md5: { other2: MD5 } }),
      'flavours to describe each flavour that is named, got no "other2"',
    ],
    [
      contigs({ aliases: { ensembl: "chr 1" } }),
      'contigs[0].aliases.ensembl to be a name without spaces, got "chr 1"',
    ],
    [
      contigs({ class: "major" }),
      'contigs[0].class to be one of primary, organelle, plasmid, unlocalized, unplaced, alt, patch, decoy, got "major"',
    ],
    [
      { contigs: [CONTIG, { ...CONTIG, name: "chr2" }] },
      'each name of a contig once, got "1" twice',
    ],
    [{ aliases: ["b", "B"] }, 'each name of the genome once, got "b" twice'],
    [
      { others: [{ names: "chrUn", class: "alt" }] },
      'others[0].names to be a name with one *, got "chrUn"',
    ],
  ])("says what is wrong, case %#", (change, message) => {
    expect(() => parse({ ...GOOD, ...change })).toThrow(
      new FileError(`a1.json: expected ${message}`),
    );
  });

  it("refuses text that is not JSON", () => {
    expect(() => parseGenomeManifest("{", "a1.json")).toThrow(
      new FileError("a1.json: expected JSON, got text that is not JSON"),
    );
  });
});
