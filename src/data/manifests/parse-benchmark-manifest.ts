/** The JSON of a benchmark's manifest, checked key by key; `data/manifests/schema/benchmark.schema.json` says the same for other tools. */

import { FileError } from "../../errors.ts";
import type {
  BenchmarkClass,
  BenchmarkFile,
  BenchmarkManifest,
  BenchmarkReference,
} from "./benchmark-manifest.ts";
import { ManifestReader } from "./manifest-reader.ts";

const SCHEMA = 1;
/** Manifest, references, reference, contigAliases, group. */
const MAX_DEPTH = 5;

const KEYS = [
  "$schema",
  "schema",
  "name",
  "aliases",
  "about",
  "source",
  "classes",
  "lengthBases",
  "references",
  "files",
  "intervals",
  "sequences",
] as const;

/** Names are names of folders and files too. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/u;
const LINE = /^[^\p{Cc}]{1,200}$/u;
const URL_PATTERN = /^(?:https?|ftp):\/\/[^\s\p{Cc}]{1,2000}$/u;
const SECURE_URL = /^https:\/\/[^\s\p{Cc}]{1,2000}$/u;
/** No part of a path begins with a dot. */
const PATH = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(?:\/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,9}$/u;
const SHA1_DIGITS = 40;
const SHA256_DIGITS = 64;

/**
 * Parses the JSON of a manifest.
 *
 * @param path what messages call it
 * @throws {FileError} naming the key that is not as it should be
 */
export function parseBenchmarkManifest(text: string, path: string): BenchmarkManifest {
  const read = new ManifestReader(path);
  const root = read.mapping(read.json(text, MAX_DEPTH), "the manifest", KEYS);
  read.check(root.schema === SCHEMA, "schema", String(SCHEMA), root.schema);
  if (root.$schema !== undefined) read.text(root.$schema, "$schema", /^/u, "a text");
  const intervals = read.mapping(root.intervals, "intervals", ["train", "test"]);
  const sequences = read.mapping(root.sequences, "sequences", ["train", "test"]);
  const digest = (value: unknown, where: string): string => read.hex(value, where, SHA256_DIGITS);
  const known = (split: "train" | "test"): Partial<BenchmarkManifest["sequences"]> =>
    sequences[split] === undefined
      ? {}
      : { [split]: digest(sequences[split], `sequences.${split}`) };
  const manifest: BenchmarkManifest = {
    name: nameOf(read, root.name, "name"),
    aliases: listOf(read, root.aliases, "aliases", 0, nameOf),
    about: lineOf(read, root.about, "about"),
    source: parseSource(read, root.source),
    classes: listOf(read, root.classes, "classes", 2, parseClass),
    lengthBases: parseLengths(read, root.lengthBases),
    references: listOf(read, root.references, "references", 1, parseReference),
    files: listOf(read, root.files, "files", 1, parseFile),
    intervals: {
      train: digest(intervals.train, "intervals.train"),
      test: digest(intervals.test, "intervals.test"),
    },
    sequences: { ...known("train"), ...known("test") },
  };
  checkReferences(manifest, path);
  return manifest;
}

type Parse<T> = (read: ManifestReader, value: unknown, where: string) => T;

function listOf<T>(
  read: ManifestReader,
  value: unknown,
  where: string,
  least: number,
  parse: Parse<T>,
): readonly T[] {
  return read.list(value, where, least).map((item, i) => parse(read, item, `${where}[${i}]`));
}

const nameOf: Parse<string> = (read, value, where) =>
  read.text(value, where, NAME, "a name of at most 64 letters, digits, . _ + and -");
const lineOf: Parse<string> = (read, value, where) =>
  read.text(value, where, LINE, "a line of at most 200 characters");
const urlOf: Parse<string> = (read, value, where) =>
  read.text(value, where, URL_PATTERN, "a URL of http, https or ftp");
const pathOf: Parse<string> = (read, value, where) =>
  read.text(value, where, PATH, "a relative path of letters, digits, . _ and -");
const contigOf: Parse<string> = (read, value, where) => read.name(value, where);

function parseSource(read: ManifestReader, value: unknown): BenchmarkManifest["source"] {
  const keys = ["repository", "commit", "folder", "url", "licence"] as const;
  const source = read.mapping(value, "source", keys);
  return {
    repository: urlOf(read, source.repository, "source.repository"),
    commit: read.hex(source.commit, "source.commit", SHA1_DIGITS),
    folder: pathOf(read, source.folder, "source.folder"),
    url: read.text(source.url, "source.url", SECURE_URL, "an https URL"),
    licence: lineOf(read, source.licence, "source.licence"),
  };
}

function parseClass(read: ManifestReader, value: unknown, where: string): BenchmarkClass {
  const one = read.mapping(value, where, ["name", "train", "test", "reference"]);
  return {
    name: nameOf(read, one.name, `${where}.name`),
    train: read.count(one.train, `${where}.train`),
    test: read.count(one.test, `${where}.test`),
    reference: nameOf(read, one.reference, `${where}.reference`),
  };
}

function parseLengths(read: ManifestReader, value: unknown): BenchmarkManifest["lengthBases"] {
  const lengths = read.mapping(value, "lengthBases", ["least", "median", "most"]);
  return {
    least: read.count(lengths.least, "lengthBases.least"),
    median: read.count(lengths.median, "lengthBases.median"),
    most: read.count(lengths.most, "lengthBases.most"),
  };
}

function parseReference(read: ManifestReader, value: unknown, where: string): BenchmarkReference {
  const keys = ["name", "kind", "url", "genomes", "contigAliases"] as const;
  const one = read.mapping(value, where, keys);
  const { kind, contigAliases = [] } = one;
  if (kind !== "genome" && kind !== "transcripts") {
    throw read.refusal(`${where}.kind`, "genome or transcripts", kind);
  }
  const group: Parse<readonly string[]> = (_, item, at) => listOf(read, item, at, 2, contigOf);
  return {
    name: nameOf(read, one.name, `${where}.name`),
    kind,
    url: urlOf(read, one.url, `${where}.url`),
    genomes: listOf(read, one.genomes, `${where}.genomes`, 0, nameOf),
    contigAliases: listOf(read, contigAliases, `${where}.contigAliases`, 0, group),
  };
}

function parseFile(read: ManifestReader, value: unknown, where: string): BenchmarkFile {
  const file = read.mapping(value, where, ["path", "bytes", "sha256"]);
  return {
    path: pathOf(read, file.path, `${where}.path`),
    bytes: read.count(file.bytes, `${where}.bytes`),
    sha256: read.hex(file.sha256, `${where}.sha256`, SHA256_DIGITS),
  };
}

/** What a schema cannot say: each name once, classes in order, and no reference named that is not there. */
function checkReferences(manifest: BenchmarkManifest, path: string): void {
  const { name, aliases, classes, references, files } = manifest;
  const refuse = (expected: string): never => {
    throw new FileError(`${path}: expected ${expected}`);
  };
  const expectOnce = (names: readonly string[], what: string): void => {
    const again = names.find((one, i) => names.indexOf(one) !== i);
    if (again !== undefined) refuse(`${what} once, got "${again}" twice`);
  };
  expectOnce(
    [name, ...aliases].map((one) => one.toLowerCase()),
    "each name of the set",
  );
  const ofReferences = references.map((reference) => reference.name);
  const ofClasses = classes.map((one) => one.name);
  expectOnce(ofReferences, "each name of a reference");
  expectOnce(ofClasses, "each name of a class");
  expectOnce(
    files.map((file) => file.path),
    "each path of a file",
  );
  const sorted = ofClasses.toSorted();
  const wrong = ofClasses.find((one, i) => one !== sorted[i]);
  if (wrong !== undefined) refuse(`the classes in the order of their names, got "${wrong}" first`);
  const absent = classes.find(({ reference }) => !ofReferences.includes(reference));
  if (absent !== undefined) {
    refuse(`classes to name references of the manifest, got "${absent.reference}"`);
  }
}
