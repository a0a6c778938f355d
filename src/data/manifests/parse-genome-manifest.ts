/** The JSON of a manifest, checked key by key; `data/manifests/schema/genome.schema.json` says the same for other tools. */

import { FileError } from "../../errors.ts";
import { MAX_CONTIGS } from "../../genome/fai.ts";
import {
  CONTIG_CLASSES,
  type ContigClass,
  type GenomeManifest,
  type ManifestContig,
  type ManifestFile,
  type ManifestSplits,
} from "./genome-manifest.ts";
import { ManifestReader } from "./manifest-reader.ts";

const SCHEMA = 1;
/** Manifest, contigs, contig, md5. */
const MAX_DEPTH = 4;
/** Largest manifest that is read, in bytes. */
export const MAX_MANIFEST_BYTES: number = 2 ** 26;

const KEYS = [
  "$schema",
  "schema",
  "name",
  "aliases",
  "about",
  "builtIn",
  "file",
  "flavours",
  "splits",
  "contigs",
  "others",
] as const;

/** Names of genomes are names of files too. */
const GENOME_NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/u;
/** Flavours and styles. */
const WORD = /^[a-z][a-z0-9-]{0,31}$/u;
const PATTERN = /^[^\s\p{Cc}*]{0,200}\*[^\s\p{Cc}*]{0,200}$/u;
const URL_PATTERN = /^https:\/\/[^\s\p{Cc}]{1,2000}$/u;
const LINE = /^[^\p{Cc}]{1,200}$/u;
const MD5_DIGITS = 32;
const SHA256_DIGITS = 64;

/**
 * Parses the JSON of a manifest; a key that it does not know is refused.
 *
 * @throws {FileError} naming the key that is not as it should be
 */
export function parseGenomeManifest(text: string, path: string): GenomeManifest {
  const read = new ManifestReader(path);
  const root = read.mapping(read.json(text, MAX_DEPTH), "the manifest", KEYS);
  if (root.$schema !== undefined) read.text(root.$schema, "$schema", /^/u, "a text");
  read.check(root.schema === SCHEMA, "schema", String(SCHEMA), root.schema);
  const flavours = read.entries(root.flavours, "flavours", WORD, (value, where) =>
    read.text(value, where, LINE, "a line of text"),
  );
  const manifest: GenomeManifest = {
    name: genomeName(read, root.name, "name"),
    aliases: read
      .list(root.aliases, "aliases")
      .map((item, i) => genomeName(read, item, `aliases[${i}]`)),
    about: read.text(root.about, "about", LINE, "a line of text"),
    isBuiltIn: root.builtIn === undefined ? false : read.truth(root.builtIn, "builtIn"),
    ...(root.file === undefined ? {} : { file: parseFile(read, root.file) }),
    flavours,
    ...(root.splits === undefined ? {} : { splits: parseSplits(read, root.splits) }),
    contigs: read
      .list(root.contigs, "contigs", 1, MAX_CONTIGS)
      .map((item, i) => parseContig(read, item, `contigs[${i}]`)),
    others: root.others === undefined ? [] : parseOthers(read, root.others),
  };
  checkReferences(manifest, path);
  return manifest;
}

function parseFile(read: ManifestReader, value: unknown): ManifestFile {
  const file = read.mapping(value, "file", ["url", "bytes", "sha256", "md5", "flavour"]);
  return {
    url: read.text(file.url, "file.url", URL_PATTERN, "an https URL"),
    bytes: read.count(file.bytes, "file.bytes"),
    sha256: read.hex(file.sha256, "file.sha256", SHA256_DIGITS),
    ...(file.md5 === undefined ? {} : { md5: read.hex(file.md5, "file.md5", MD5_DIGITS) }),
    flavour: read.text(file.flavour, "file.flavour", WORD, "the name of a flavour"),
  };
}

function parseSplits(read: ManifestReader, value: unknown): ManifestSplits {
  const splits = read.mapping(value, "splits", ["train", "valid", "test"]);
  const names = (split: "train" | "valid" | "test"): readonly string[] =>
    read
      .list(splits[split], `splits.${split}`)
      .map((item, i) => read.name(item, `splits.${split}[${i}]`));
  return { train: names("train"), valid: names("valid"), test: names("test") };
}

function parseContig(read: ManifestReader, value: unknown, where: string): ManifestContig {
  const contig = read.mapping(value, where, ["name", "aliases", "class", "lengthBases", "md5"]);
  const name = (item: unknown, at: string): string => read.name(item, at);
  const md5 = (item: unknown, at: string): string => read.hex(item, at, MD5_DIGITS);
  return {
    name: name(contig.name, `${where}.name`),
    aliases: read.entries(contig.aliases, `${where}.aliases`, WORD, name),
    class: parseClass(read, contig.class, `${where}.class`),
    lengthBases: read.count(contig.lengthBases, `${where}.lengthBases`),
    md5: read.entries(contig.md5, `${where}.md5`, WORD, md5),
  };
}

function parseOthers(read: ManifestReader, value: unknown): GenomeManifest["others"] {
  return read.list(value, "others").map((item, i) => {
    const where = `others[${i}]`;
    const other = read.mapping(item, where, ["names", "class"]);
    return {
      names: read.text(other.names, `${where}.names`, PATTERN, "a name with one *"),
      class: parseClass(read, other.class, `${where}.class`),
    };
  });
}

function parseClass(read: ManifestReader, value: unknown, where: string): ContigClass {
  const known = CONTIG_CLASSES.find((name) => name === value);
  if (known !== undefined) return known;
  throw read.refusal(where, `one of ${CONTIG_CLASSES.join(", ")}`, value);
}

function genomeName(read: ManifestReader, value: unknown, where: string): string {
  return read.text(value, where, GENOME_NAME, "a name of at most 64 letters, digits, . _ + and -");
}

/** What a schema cannot say: each name once, and nothing named that is not there. */
function checkReferences(manifest: GenomeManifest, path: string): void {
  const { name, aliases, file, flavours, splits, contigs } = manifest;
  const refuse = (expected: string): never => {
    throw new FileError(`${path}: expected ${expected}`);
  };
  const expectOnce = (names: readonly string[], what: string): Set<string> => {
    const seen = new Set<string>();
    for (const one of names) {
      if (seen.has(one)) refuse(`${what} once, got "${one}" twice`);
      seen.add(one);
    }
    return seen;
  };
  expectOnce(
    [name, ...aliases].map((one) => one.toLowerCase()),
    "each name of the genome",
  );
  const names = contigs.flatMap((contig) => [contig.name, ...new Set(contig.aliases.values())]);
  expectOnce(names, "each name of a contig");
  const own = new Set(contigs.map((contig) => contig.name));
  const split = [...(splits?.train ?? []), ...(splits?.valid ?? []), ...(splits?.test ?? [])];
  for (const one of expectOnce(split, "each contig in a split")) {
    if (!own.has(one)) refuse(`the splits to name contigs of the manifest, got "${one}"`);
  }
  const used = [
    ...(file === undefined ? [] : [file.flavour]),
    ...contigs.flatMap(({ md5 }) => [...md5.keys()]),
  ];
  const unknown = used.find((flavour) => !flavours.has(flavour));
  if (unknown !== undefined)
    refuse(`flavours to describe each flavour that is named, got no "${unknown}"`);
  if (manifest.isBuiltIn && file !== undefined)
    refuse("a built-in genome to have no file, got one");
}
