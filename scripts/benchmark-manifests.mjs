/**
 * Writes data/manifests/genomic-benchmarks/ from the interval files of the Genomic Benchmarks:
 *
 *     node scripts/benchmark-manifests.mjs DATASETS [SEQUENCES]
 *
 * DATASETS is the folder `datasets/` of their repository at COMMIT; SEQUENCES has whole splits as SET.SPLIT.tsv.gz with
 * the columns seq and label, a label being the place of its class by name. A test reads the same facts another way.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "yaml";

const COMMIT = "605d8539830e16c85abe7826990958303ffc5e1c";
const [datasets, sequences] = process.argv.slice(2);
if (datasets === undefined) throw new Error("expected the folder of the interval files");

/** What no file says: short names, and a line on each set. */
const SETS = {
  demo_coding_vs_intergenomic_seqs: [
    ["coding"],
    "Human transcripts against stretches between genes",
  ],
  demo_human_or_worm: [["worm"], "Human genome against that of C. elegans"],
  drosophila_enhancers_stark: [["stark", "fly"], "Enhancers of D. melanogaster, tested one by one"],
  dummy_mouse_enhancers_ensembl: [["mouse"], "Mouse enhancers, a small set of long sequences"],
  human_enhancers_cohn: [["cohn"], "Human enhancers, all of one length"],
  human_enhancers_ensembl: [["enhancers"], "Human enhancers of FANTOM5"],
  human_ensembl_regulatory: [
    ["regulatory"],
    "Human enhancers, promoters and open chromatin of Ensembl",
  ],
  human_nontata_promoters: [["nontata"], "Human promoters without a TATA box"],
  human_ocr_ensembl: [["ocr"], "Human open chromatin of Ensembl"],
};

/** By the end of the file's name: what the reference is called, what it may be called, and its contigs of two names. */
const REFERENCES = {
  "Homo_sapiens.GRCh38.dna.toplevel.fa.gz": { name: "GRCh38", genomes: ["GRCh38"] },
  "Homo_sapiens.GRCh38.cdna.all.fa.gz": { name: "GRCh38-cdna", transcripts: true },
  "Mus_musculus.GRCm38.dna.toplevel.fa.gz": { name: "GRCm38", genomes: ["GRCm38", "mm10"] },
  "Drosophila_melanogaster.BDGP6.28.dna.toplevel.fa.gz": {
    name: "BDGP6.28",
    genomes: ["BDGP6.28", "dm6"],
    contigAliases: [["chrM", "mitochondrion_genome"]],
  },
  "Caenorhabditis_elegans.WBcel235.dna.toplevel.fa.gz": {
    name: "WBcel235",
    genomes: ["WBcel235", "ce11"],
    contigAliases: [["MtDNA", "chrM"]],
  },
};

const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const textOf = (path) => gunzipSync(readFileSync(path)).toString("utf8").trimEnd();
/** Lines in the order of their code units, each with its "\n". */
const linesDigest = (lines) => sha256(`${lines.sort().join("\n")}\n`);

function readClass(folder, split, name) {
  const [, ...lines] = textOf(join(folder, split, `${name}.csv.gz`)).split(/\r?\n/);
  return lines.map((line) => {
    const [id, contig, start, end, strand] = line.split(",");
    return { id, contig, start: Number(start), end: Number(end), strand: strand || "." };
  });
}

function referenceOf({ url }) {
  const known = REFERENCES[url.split("/").at(-1)];
  if (known === undefined) throw new Error(`no name for the reference ${url}`);
  const { name, transcripts, genomes = [], contigAliases } = known;
  const kind = transcripts ? "transcripts" : "genome";
  return { name, kind, url, genomes, ...(contigAliases && { contigAliases }) };
}

function sequenceDigest(set, split, names) {
  const path = join(sequences ?? "", `${set}.${split}.tsv.gz`);
  if (sequences === undefined || !existsSync(path)) return undefined;
  const [, ...lines] = textOf(path).split("\n");
  return linesDigest(
    lines.map((line) => {
      const [bases, label] = line.split("\t");
      return `${names[Number(label)]}\t${bases.toUpperCase()}`;
    }),
  );
}

function manifestOf(set) {
  const folder = join(datasets, set);
  const { classes } = parse(readFileSync(join(folder, "metadata.yaml"), "utf8"));
  const names = Object.keys(classes).sort();
  const references = new Map(names.map((name) => [classes[name].url, referenceOf(classes[name])]));
  const rows = {};
  for (const split of ["train", "test"]) {
    rows[split] = Object.fromEntries(names.map((name) => [name, readClass(folder, split, name)]));
  }
  const lengths = Object.values(rows)
    .flatMap((byClass) => Object.values(byClass).flat())
    .map(({ start, end }) => end - start)
    .sort((a, b) => a - b);
  const digest = (split) =>
    linesDigest(
      names.flatMap((name) =>
        rows[split][name].map((row) =>
          [name, row.id, row.contig, row.start, row.end, row.strand].join("\t"),
        ),
      ),
    );
  const whole = ["train", "test"]
    .map((split) => [split, sequenceDigest(set, split, names)])
    .filter(([, found]) => found !== undefined);
  const paths = ["train", "test"].flatMap((split) =>
    readdirSync(join(folder, split))
      .sort()
      .map((file) => `${split}/${file}`),
  );
  const [aliases, about] = SETS[set];
  return {
    $schema: "../schema/benchmark.schema.json",
    schema: 1,
    name: set,
    aliases,
    about,
    source: {
      repository: "https://github.com/ML-Bioinfo-CEITEC/genomic_benchmarks",
      commit: COMMIT,
      folder: `datasets/${set}`,
      url: `https://raw.githubusercontent.com/ML-Bioinfo-CEITEC/genomic_benchmarks/${COMMIT}/datasets/${set}`,
      licence: "Apache-2.0",
    },
    classes: names.map((name) => ({
      name,
      train: rows.train[name].length,
      test: rows.test[name].length,
      reference: references.get(classes[name].url).name,
    })),
    lengthBases: {
      least: lengths[0],
      // of two in the middle the lower one
      median: lengths[Math.floor((lengths.length - 1) / 2)],
      most: lengths.at(-1),
    },
    references: [...references.values()],
    files: paths.map((path) => {
      const bytes = readFileSync(join(folder, path));
      return { path, bytes: bytes.length, sha256: sha256(bytes) };
    }),
    intervals: { train: digest("train"), test: digest("test") },
    sequences: Object.fromEntries(whole),
  };
}

const target = new URL("../data/manifests/genomic-benchmarks/", import.meta.url);
mkdirSync(target, { recursive: true });
for (const set of Object.keys(SETS)) {
  writeFileSync(new URL(`${set}.json`, target), `${JSON.stringify(manifestOf(set), null, 2)}\n`);
}
