/** Motifs from consensus strings, JSON that is checked key by key; `data/manifests/schema/motifs.schema.json` says the same. */

import { ManifestReader } from "../../data/manifests/manifest-reader.ts";
import { FileError } from "../../errors.ts";
import { type Motif, type MotifSet, USUAL_SITES } from "./motif.ts";

const SCHEMA = 1;
/** File, motifs, motif. */
const MAX_DEPTH = 4;
const LINE = /^[^\p{Cc}]{1,300}$/u;
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/u;
const CONSENSUS = /^[ACGTRYSWKMBDHVN]{4,200}$/u;

/** Bases that each IUPAC letter allows. */
const ALLOWED: Readonly<Record<string, string>> = {
  ...{ A: "A", C: "C", G: "G", T: "T" },
  ...{ R: "AG", Y: "CT", S: "CG", W: "AT", K: "GT", M: "AC" },
  ...{ B: "CGT", D: "AGT", H: "ACT", V: "ACG", N: "ACGT" },
};

/**
 * Parses a set; a key that it does not know is refused. The background is uniform.
 *
 * @throws {FileError} naming the key that is not as it should be
 */
export function parseConsensusSet(text: string, path: string): MotifSet {
  const read = new ManifestReader(path);
  const keys = ["$schema", "schema", "name", "about", "motifs"] as const;
  const root = read.mapping(read.json(text, MAX_DEPTH), "the file", keys);
  if (root.$schema !== undefined) read.text(root.$schema, "$schema", /^/u, "a text");
  read.check(root.schema === SCHEMA, "schema", String(SCHEMA), root.schema);
  read.text(root.name, "name", NAME, "lower-case letters, digits, _ and -");
  read.text(root.about, "about", LINE, "a line of text");
  const motifs = read
    .list(root.motifs, "motifs", 1)
    .map((item, i) => parseMotif(read, item, `motifs[${i}]`));
  const names = motifs.map(({ name }) => name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw new FileError(`${path}: expected each name of a motif once, got "${repeated}" twice`);
  }
  return { motifs, background: new Float64Array(4).fill(0.25) };
}

function parseMotif(read: ManifestReader, value: unknown, where: string): Motif {
  const motif = read.mapping(value, where, ["name", "label", "consensus", "place", "source"]);
  for (const key of ["place", "source"] as const) {
    read.text(motif[key], `${where}.${key}`, LINE, "a line of text");
  }
  return {
    name: read.text(motif.name, `${where}.name`, NAME, "lower-case letters, digits, _ and -"),
    label: read.text(motif.label, `${where}.label`, LINE, "a line of text"),
    probabilities: consensusProbabilities(
      read.text(motif.consensus, `${where}.consensus`, CONSENSUS, "4 to 200 IUPAC letters"),
    ),
    sites: USUAL_SITES,
  };
}

/** [letters, 4] every base that a letter allows is equally likely, others are impossible. */
export function consensusProbabilities(consensus: string): Float64Array {
  const rows = [...consensus].map((letter) => {
    const allowed = ALLOWED[letter] as string;
    return [..."ACGT"].map((base) => (allowed.includes(base) ? 1 / allowed.length : 0));
  });
  return Float64Array.from(rows.flat());
}
