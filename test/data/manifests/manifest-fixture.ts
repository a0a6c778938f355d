/** A small manifest that is good in every key. */

export const MD5 = "0123456789abcdef0123456789abcdef";

export const FILE = {
  url: "https://example.org/a.fa.gz",
  bytes: 10,
  md5: MD5,
  sha256: MD5 + MD5,
  flavour: "ucsc",
};

export const CONTIG = {
  name: "chr1",
  aliases: { ensembl: "1" },
  class: "primary",
  lengthBases: 5,
  md5: { ucsc: MD5 },
};

export const GOOD = {
  $schema: "x",
  schema: 1,
  name: "A1",
  aliases: ["a"],
  about: "A thing",
  builtIn: false,
  file: FILE,
  flavours: { ucsc: "of UCSC", other: "of others" },
  splits: { train: ["chr1"], valid: [], test: [] },
  contigs: [CONTIG],
  others: [{ names: "*_alt", class: "alt" }],
};
