/**
 * What is remembered of a genome's file, so that it is not read again to know what it holds: `NAME.gdiff.json` beside
 * it. The record is of the file with exactly its size and time, and carries the SHA-256 of itself.
 */

import { FileError } from "../../errors.ts";
import { COUNTED, type ContigFacts, type LetterCounts } from "../../genome/contig-facts.ts";
import { MAX_CONTIGS } from "../../genome/fai.ts";
import { sha256Hex } from "../../util/sha256.ts";
import { ManifestReader } from "../manifests/manifest-reader.ts";

export interface FileRecord {
  /** Size of the file. */
  readonly bytes: number;
  /** Time of its last change, milliseconds. */
  readonly modifiedMs: number;
  readonly sha256: string;
  /** SHA-256 of the download that the file was made from, where it is not the download itself. */
  readonly madeFrom?: string;
  readonly contigs: readonly ContigFacts[];
}

const SCHEMA = 1;
/** Record, contigs, contig, counts. */
const MAX_DEPTH = 4;
/** Largest record that is read, in bytes; a contig takes some 200. */
export const MAX_RECORD_BYTES: number = 2 ** 28;
const KEYS = ["schema", "bytes", "modifiedMs", "sha256", "madeFrom", "contigs"] as const;

/** The text of a record; its last key is the SHA-256 of the rest. */
export function formatRecord(record: FileRecord): string {
  const { bytes, modifiedMs, sha256, madeFrom, contigs } = record;
  const made = madeFrom === undefined ? {} : { madeFrom };
  const body = { schema: SCHEMA, bytes, modifiedMs, sha256, ...made, contigs };
  return `${JSON.stringify({ ...body, seal: sealOf(body) }, undefined, 1)}\n`;
}

/**
 * Parses a record.
 *
 * @throws {FileError} when it is not as `formatRecord` wrote it
 */
export function parseRecord(text: string, path: string): FileRecord {
  const read = new ManifestReader(path);
  const { seal, ...body } = read.mapping(read.json(text, MAX_DEPTH), "the record", [
    ...KEYS,
    "seal",
  ]);
  if (seal !== sealOf(body)) {
    throw new FileError(`${path}: expected the record as gdiff wrote it, got one that was changed`);
  }
  read.check(body.schema === SCHEMA, "schema", String(SCHEMA), body.schema);
  const contigs = read.list(body.contigs, "contigs", 1, MAX_CONTIGS);
  return {
    bytes: read.count(body.bytes, "bytes"),
    modifiedMs: read.time(body.modifiedMs, "modifiedMs"),
    sha256: read.hex(body.sha256, "sha256", 64),
    ...(body.madeFrom === undefined ? {} : { madeFrom: read.hex(body.madeFrom, "madeFrom", 64) }),
    contigs: contigs.map((item, i) => parseFacts(read, item, `contigs[${i}]`)),
  };
}

function parseFacts(read: ManifestReader, value: unknown, where: string): ContigFacts {
  const facts = read.mapping(value, where, ["name", "length", "md5", "counts", "softMasked"]);
  const given = read.mapping(facts.counts, `${where}.counts`, COUNTED);
  const count = (letter: keyof LetterCounts): number =>
    read.whole(given[letter], `${where}.counts.${letter}`);
  return {
    name: read.text(facts.name, `${where}.name`, /^./u, "a name"),
    length: read.whole(facts.length, `${where}.length`),
    md5: read.hex(facts.md5, `${where}.md5`, 32),
    counts: {
      A: count("A"),
      C: count("C"),
      G: count("G"),
      T: count("T"),
      N: count("N"),
      iupac: count("iupac"),
    },
    softMasked: read.whole(facts.softMasked, `${where}.softMasked`),
  };
}

function sealOf(body: object): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(body)));
}
