/**
 * What is known of an assembly before its file is read: where the file is, its hashes, and the names, lengths and
 * MD5 of its contigs. Facts about the outside world, so they live as JSON in `data/manifests/`.
 */

import { FileError } from "../../errors.ts";
import type { AliasGroup } from "../../genome/contig-alias.ts";
import { ManifestReader } from "./manifest-reader.ts";

/**
 * Builds of one assembly differ in bases: `ucsc` has the bases of UCSC, Ensembl and RefSeq; `analysisSet`, which
 * aligners use, has parts hard-masked and IUPAC codes replaced.
 */
const FLAVOURS = ["analysisSet", "ucsc"] as const;
type AssemblyFlavour = (typeof FLAVOURS)[number];

interface ManifestContig {
  readonly name: string;
  /** Other names: Ensembl's, RefSeq's. */
  readonly aliases: readonly string[];
  readonly lengthBases: number;
  /** MD5 of the upper-case bases, as M5 in SAM headers. */
  readonly md5: Readonly<Record<AssemblyFlavour, string>>;
}

/** Of the primary assembly; its file may hold other contigs too. */
export interface GenomeManifest {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly file: {
    readonly url: string;
    readonly bytes: number;
    readonly md5: string;
    readonly sha256: string;
    /** The bases that the file has. */
    readonly flavour: AssemblyFlavour;
  };
  readonly contigs: readonly ManifestContig[];
}

const SCHEMA = 1;
/** Manifest, contigs, contig, aliases. */
const MAX_DEPTH = 4;

/** The names of each contig as one group, for `resolveContig`. */
export function contigAliases(manifest: GenomeManifest): readonly AliasGroup[] {
  return manifest.contigs.map(({ name, aliases }) => [name, ...aliases]);
}

/**
 * Parses the JSON of a manifest; a key that it does not know is refused.
 *
 * @throws {FileError} naming the key that is not as it should be
 */
export function parseGenomeManifest(text: string, path: string): GenomeManifest {
  const read = new ManifestReader(path);
  const root = read.mapping(read.json(text, MAX_DEPTH), "the manifest", [
    "schema",
    "name",
    "aliases",
    "file",
    "contigs",
  ]);
  read.check(root.schema === SCHEMA, "schema", String(SCHEMA), root.schema);
  const file = read.mapping(root.file, "file", ["url", "bytes", "md5", "sha256", "flavour"]);
  const url = read.text(file.url, "file.url", /^https:\/\/\S+$/, "an https URL");
  const flavour = FLAVOURS.find((known) => known === file.flavour);
  if (flavour === undefined)
    throw read.refusal("file.flavour", FLAVOURS.join(" or "), file.flavour);
  const contigs = read
    .list(root.contigs, "contigs")
    .map((item, i) => parseContig(read, item, `contigs[${i}]`));
  expectDistinctNames(contigs, path);
  return {
    name: read.name(root.name, "name"),
    aliases: read.names(root.aliases, "aliases"),
    file: {
      url,
      bytes: read.count(file.bytes, "file.bytes"),
      md5: read.hex(file.md5, "file.md5", 32),
      sha256: read.hex(file.sha256, "file.sha256", 64),
      flavour,
    },
    contigs,
  };
}

function parseContig(read: ManifestReader, value: unknown, where: string): ManifestContig {
  const contig = read.mapping(value, where, ["name", "aliases", "lengthBases", "md5"]);
  const md5 = read.mapping(contig.md5, `${where}.md5`, FLAVOURS);
  return {
    name: read.name(contig.name, `${where}.name`),
    aliases: read.names(contig.aliases, `${where}.aliases`),
    lengthBases: read.count(contig.lengthBases, `${where}.lengthBases`),
    md5: {
      analysisSet: read.hex(md5.analysisSet, `${where}.md5.analysisSet`, 32),
      ucsc: read.hex(md5.ucsc, `${where}.md5.ucsc`, 32),
    },
  };
}

function expectDistinctNames(contigs: readonly ManifestContig[], path: string): void {
  const seen = new Set<string>();
  for (const name of contigs.flatMap((contig) => [contig.name, ...contig.aliases])) {
    if (seen.has(name))
      throw new FileError(`${path}: expected each name of a contig once, got "${name}" twice`);
    seen.add(name);
  }
}
