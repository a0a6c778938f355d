/** A copy of the built package that knows a benchmark set of its own: two genomes, intervals on both strands, official splits. */

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { naiveReverseComplement } from "../../naive/context-model.ts";
import { manifestText } from "../data/data-folder.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** Name of the set. */
export const OWN_SET = "tiny_genes_or_gaps";

export interface OwnRow {
  readonly part: "train" | "test";
  readonly label: "gaps" | "genes";
  readonly id: string;
  readonly contig: string;
  readonly start: number;
  readonly end: number;
  readonly strand: "+" | "-";
  /** As the set's sequences are: of the strand. */
  readonly bases: string;
}

export interface OwnSet {
  /** The copy's command. */
  readonly program: string;
  /** Data folder with the interval files, without the genomes. */
  readonly data: string;
  /** FASTA files called as the references are. */
  readonly fastas: readonly string[];
  /** What `gdiff data add` takes of the genome. */
  readonly genome: string;
  readonly rows: readonly OwnRow[];
}

/** Transcripts, rich in G and C, whose intervals leave out the version; and a genome, poor in them. */
const SOURCES = [
  { label: "genes", genome: "tinycdna", kind: "transcripts", contigs: ["TX1.3", "TX2.1"] },
  { label: "gaps", genome: "tinygenome", kind: "genome", contigs: ["chr1", "chr2"] },
] as const;
const CONTIG_BASES = 1500;
const COUNTS = { train: 50, test: 20 } as const;

/** Makes all of it in `folder`. */
export function makeOwnSet(folder: string): OwnSet {
  const [data, root] = [join(folder, "data"), join(folder, "package")];
  copyPackage(root);
  const contigs = new Map(SOURCES.map((source, i) => [source.label, drawContigs(source, i)]));
  const rows = SOURCES.flatMap(({ label }, i) =>
    drawRows(label, contigs.get(label) as ReadonlyMap<string, string>, i),
  );
  const files = writeIntervals(join(data, "genomic-benchmarks", OWN_SET), rows);
  const fastas = SOURCES.map(({ label, genome }) => {
    const own = [...(contigs.get(label) as ReadonlyMap<string, string>)];
    const path = join(folder, `${genome}.fa`);
    writeFileSync(path, own.map(([name, text]) => `>${name}\n${text}\n`).join(""));
    return path;
  });
  const genome = join(folder, "genome.json");
  writeFileSync(genome, genomeManifest(contigs.get("gaps") as ReadonlyMap<string, string>));
  const manifest = join(root, "data/manifests/genomic-benchmarks", `${OWN_SET}.json`);
  writeFileSync(manifest, JSON.stringify(manifestOf(rows, files)));
  return { program: join(root, "dist/src/cli/main.js"), data, fastas, genome, rows };
}

function genomeManifest(contigs: ReadonlyMap<string, string>): string {
  const facts = [...contigs].map(([name, text]) => {
    const md5 = createHash("md5").update(text.toUpperCase()).digest("hex");
    return { name, length: text.length, md5: { plain: md5 } };
  });
  const names = { name: "tinygenome", aliases: [], flavours: { plain: "as it is" } };
  return manifestText(facts, names);
}

/** What the built command needs of the package; the rest is where it was. */
function copyPackage(to: string): void {
  for (const path of [
    "package.json",
    "dist",
    "data/manifests",
    "pipelines/finetune/presets",
    "pipelines/benchmark/presets",
    "pipelines/pretrain/presets",
  ]) {
    cpSync(join(ROOT, path), join(to, path), { recursive: true });
  }
  for (const path of ["node_modules", "native"]) symlinkSync(join(ROOT, path), join(to, path));
}

type Source = (typeof SOURCES)[number];

/** Soft-masked here and there. */
function drawContigs({ label, contigs }: Source, source: number): ReadonlyMap<string, string> {
  const random = addressedRandom(11 + source, "corruption");
  return new Map(
    contigs.map((name, c) => {
      const letters = Array.from({ length: CONTIG_BASES }, (_, at) => {
        const isTypical = random.uniform(at, c) < 0.7;
        const letter = (isTypical === (label === "genes") ? "GC" : "AT")[
          random.integer(2, at, c, 1)
        ];
        return at % 90 < 15 ? letter?.toLowerCase() : letter;
      });
      return [name, letters.join("")];
    }),
  );
}

function drawRows(
  label: OwnRow["label"],
  contigs: ReadonlyMap<string, string>,
  source: number,
): OwnRow[] {
  const random = addressedRandom(21 + source, "corruption");
  const all = [...contigs];
  return (["train", "test"] as const).flatMap((part, p) =>
    Array.from({ length: COUNTS[part] }, (_, i): OwnRow => {
      const [name, text] = all[random.integer(all.length, i, p)] as [string, string];
      const length = 60 + random.integer(40, i, p, 1);
      const start = random.integer(CONTIG_BASES - length, i, p, 2);
      const strand = random.uniform(i, p, 3) < 0.5 ? "+" : "-";
      const forward = text.slice(start, start + length).toUpperCase();
      return {
        ...{ part, label, id: String(i), contig: name.replace(/\.\d$/, ""), strand, start },
        end: start + length,
        bases: strand === "+" ? forward : naiveReverseComplement(forward),
      };
    }),
  );
}

interface OwnFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

function writeIntervals(folder: string, rows: readonly OwnRow[]): OwnFile[] {
  return (["train", "test"] as const).flatMap((part) => {
    mkdirSync(join(folder, part), { recursive: true });
    return SOURCES.map(({ label }): OwnFile => {
      const lines = rows
        .filter((row) => row.part === part && row.label === label)
        .map(({ id, contig, start, end, strand }) => [id, contig, start, end, strand].join(","));
      const path = `${part}/${label}.csv.gz`;
      writeFileSync(
        join(folder, path),
        gzipSync(`id,region,start,end,strand\n${lines.join("\n")}\n`),
      );
      const bytes = readFileSync(join(folder, path));
      return { path, bytes: bytes.length, sha256: sha256(bytes) };
    });
  });
}

const sha256 = (bytes: string | Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");
/** As manifests define their digests: of sorted lines. */
const linesDigest = (lines: string[]): string => sha256(`${lines.sort().join("\n")}\n`);

function manifestOf(rows: readonly OwnRow[], files: readonly OwnFile[]): object {
  const of = (part: OwnRow["part"]) => rows.filter((row) => row.part === part);
  const intervals = (part: OwnRow["part"]): string =>
    linesDigest(
      of(part).map((r) => [r.label, r.id, r.contig, r.start, r.end, r.strand].join("\t")),
    );
  const sequences = (part: OwnRow["part"]): string =>
    linesDigest(of(part).map(({ label, bases }) => `${label}\t${bases}`));
  const url = "https://example.org/tiny";
  return {
    schema: 1,
    ...{ name: OWN_SET, aliases: ["tiny"], about: "A set of a test" },
    source: { repository: url, commit: "0".repeat(40), folder: "tiny", url, licence: "none" },
    classes: [...SOURCES]
      .map(({ label, genome }) => ({ name: label, ...COUNTS, reference: genome }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    lengthBases: { least: 60, median: 80, most: 99 },
    references: SOURCES.map(({ genome, kind }) => ({
      ...{
        name: genome,
        kind,
        url: `${url}/${genome}.fa`,
        genomes: kind === "genome" ? [genome] : [],
      },
    })),
    files,
    intervals: { train: intervals("train"), test: intervals("test") },
    sequences: { train: sequences("train"), test: sequences("test") },
  };
}
