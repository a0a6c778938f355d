import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildBenchmark, classBases } from "../../../src/data/labelled/build-from-intervals.ts";
import type { LabelledSet, ListedInterval } from "../../../src/data/labelled/labelled-interval.ts";
import { readLabelledSet } from "../../../src/data/labelled/node-read-labelled-set.ts";
import { sequencesOfIntervals } from "../../../src/data/labelled/sequences-of-intervals.ts";
import { intervalsDigest } from "../../../src/data/labelled/set-digests.ts";
import type { BenchmarkManifest } from "../../../src/data/manifests/benchmark-manifest.ts";
import { readKnownBenchmarks } from "../../../src/data/manifests/node-known-benchmarks.ts";
import { RegionError, VerificationError } from "../../../src/errors.ts";
import { memoryGenome } from "../../../src/genome/memory-genome.ts";
import { openGenome } from "../../../src/genome/node-open-genome.ts";
import { decodeIds } from "../../../src/tokens/encode.ts";
import { sha256Hex } from "../../../src/util/sha256.ts";
import { bytesOf } from "../../genome/fixtures.ts";
import { sharedData } from "../../support/oracles.ts";

const genome = (name: string, contigs: Record<string, string>) => ({
  genome: memoryGenome(
    name,
    Object.entries(contigs).map(([contig, bases]) => ({ name: contig, bases: bytesOf(bases) })),
  ),
});

const at = (
  label: string,
  id: string,
  contig: string,
  start: number,
  end: number,
  strand?: "+" | "-",
): ListedInterval => ({ label, id, contig, start, end, ...(strand && { strand }) });

const SET: LabelledSet = {
  name: "tiny",
  train: [
    at("coding", "1", "ENST1", 1, 4, "+"),
    at("genomic", "1", "chr1", 4, 8),
    at("genomic", "2", "chrM", 0, 3, "-"),
  ],
  test: [at("coding", "1", "ENST2", 0, 2, "-"), at("genomic", "1", "chr1", 0, 5, "-")],
};
const GENOME = genome("a.fa", { "1": "ACGTtgcaNN", mito: "GGA" });
const CDNA = genome("cdna.fa", { "ENST1.12": "TACGT", ENST2: "CA", "ENST2.1": "GG" });
const BOTH = new Map([
  ["G", GENOME],
  ["cdna", CDNA],
]);

const DIGESTS = { train: intervalsDigest(SET.train), test: intervalsDigest(SET.test) };
const MANIFEST: BenchmarkManifest = {
  name: "tiny",
  aliases: [],
  about: "tiny",
  source: { repository: "", commit: "0123456789", folder: "", url: "", licence: "" },
  classes: [
    { name: "coding", train: 1, test: 1, reference: "cdna" },
    { name: "genomic", train: 2, test: 1, reference: "G" },
  ],
  lengthBases: { least: 2, median: 3, most: 5 },
  references: [
    { name: "cdna", kind: "transcripts", url: "", genomes: [], contigAliases: [] },
    { name: "G", kind: "genome", url: "", genomes: [], contigAliases: [["chrM", "mito"]] },
  ],
  files: [],
  intervals: DIGESTS,
  sequences: {},
};

describe("buildBenchmark", () => {
  it("reads each class from its reference, whatever names its contigs have, on both strands", async () => {
    const steps: number[] = [];
    const built = await buildBenchmark(MANIFEST, SET, BOTH, (done, total) => {
      steps.push(done / total);
    });
    if (built.kind !== "built") throw new Error("expected a built set");
    const plain = [built.train, built.test].map(({ sequences }) =>
      sequences.map(({ id, ids, label, interval }) => [
        id,
        decodeIds(ids),
        label,
        interval?.strand,
      ]),
    );
    expect(plain).toEqual([
      [
        ["train/coding/1", "ACG", 0, "+"],
        ["train/genomic/1", "TGCA", 1, "+"],
        ["train/genomic/2", "TCC", 1, "-"],
      ],
      [
        ["test/coding/1", "TG", 0, "-"],
        ["test/genomic/1", "AACGT", 1, "-"],
      ],
    ]);
    expect(built.train.classes).toEqual(["coding", "genomic"]);
    expect(built.train.sequences[2]?.interval).toEqual({
      contig: "chrM",
      start: 0,
      end: 3,
      strand: "-",
    });
    expect(steps).toEqual([1, 2, 3, 4, 5].map((n) => n / 5));
  });

  it("says which references are missing", async () => {
    const built = await buildBenchmark(MANIFEST, SET, new Map([["G", GENOME]]));
    expect(built).toEqual({ kind: "missing", references: [MANIFEST.references[0]] });
  });

  it("checks sequences where they are known", async () => {
    const lines = ["coding\tTG\n", "genomic\tAACGT\n"].join("");
    const sequences = { test: sha256Hex(bytesOf(lines)) };
    const built = await buildBenchmark({ ...MANIFEST, sequences }, SET, BOTH);
    expect(built.kind).toBe("built");
    const other = new Map([...BOTH, ["G", genome("b.fa", { "1": "ACGTAGCA", chrM: "GGA" })]]);
    await expect(buildBenchmark({ ...MANIFEST, sequences }, SET, other)).rejects.toThrow(
      new VerificationError(
        "tiny, test: expected the sequences that are known of it, got others (is cdna.fa or b.fa another assembly, or masked?)",
      ),
    );
  });

  const train = SET.train as ListedInterval[];
  it.each<[ListedInterval[], string]>([
    [train.slice(1), "1 interval of class coding, got 0"],
    [
      [...train, { ...SET.train[0], label: "other" } as ListedInterval],
      "classes coding, genomic, got other too",
    ],
    [
      train.with(1, at("genomic", "1", "chr1", 4, 7)),
      "the intervals that the manifest says, got others of their number",
    ],
  ])("refuses intervals that are not the manifest's, case %#", async (changed, reason) => {
    await expect(buildBenchmark(MANIFEST, { ...SET, train: changed }, BOTH)).rejects.toThrow(
      new VerificationError(
        `tiny, train: expected ${reason} (are its interval files those of 01234567?)`,
      ),
    );
  });

  it("refuses references that lack a contig, a transcript, or its end", async () => {
    const withCdna = (cdna: Record<string, string>) =>
      buildBenchmark(MANIFEST, SET, new Map([...BOTH, ["cdna", genome("c.fa", cdna)]]));
    await expect(withCdna({ "ENST1.1": "TACG", "ENST3.1": "CA" })).rejects.toThrow(
      new RegionError(
        "c.fa: expected a transcript ENST2, with or without a version, got none (is this the release that the set is of?)",
      ),
    );
    await expect(withCdna({ "ENST1.1": "TACG", "ENST1.2": "TACG" })).rejects.toThrow(
      new RegionError("c.fa: expected one version of transcript ENST1, got ENST1.1, ENST1.2"),
    );
    await expect(withCdna({ "ENST1.1": "TA", "ENST2.1": "CA" })).rejects.toThrow(
      new RegionError("ENST1.1:2-4: end is past ENST1.1 (2 bases)"),
    );
    const withG = new Map([...BOTH, ["G", genome("g.fa", { "2": "ACGT", chrM: "GGA" })]]);
    await expect(buildBenchmark(MANIFEST, SET, withG)).rejects.toThrow(RegionError);
  });
});

const SLICED = new Map([
  ["human_ensembl_regulatory", [1360, 313]],
  ["human_ocr_ensembl", [757, 217]],
  ["human_enhancers_ensembl", [679, 182]],
  ["human_enhancers_cohn", [102, 43]],
  ["human_nontata_promoters", [87, 28]],
  ["demo_human_or_worm", [979, 305]],
]);
/** As one of the pieces of C. elegans calls its contigs. */
const HTSLIB_NAMES = ["I", "II", "III", "IV", "V", "X"].map((name) => [name, `CHROMOSOME_${name}`]);
const known = await readKnownBenchmarks();

/** The rows of a slice, by class, id and split. */
function readSlice(path: string): Map<string, string> {
  const [, ...lines] = gunzipSync(readFileSync(path)).toString().trimEnd().split("\n");
  return new Map(
    lines.map((line) => {
      const [split, label, id, region, start, end, strand, bases] = line.split("\t");
      return [[split, label, id, region, start, end, strand].join(" "), bases as string];
    }),
  );
}

describe.each([...SLICED])("intervals of %s", (name, [trains, tests]) => {
  const manifest = known.find((one) => one.name === name) as BenchmarkManifest;
  const isWorm = name === "demo_human_or_worm";
  const files = [
    `genomic-benchmarks/intervals/${name}`,
    `genomic-benchmarks/slices/slice.${name}.tsv.gz`,
    "hg38/grch38.chr20_and_21_10M.fa.gz",
    ...(isWorm ? ["genomes/htslib_ce.fa.gz", "genomes/Celegans_1pct_MCB185.fa.gz"] : []),
  ].map(sharedData);
  const paths = files.filter((path) => path !== undefined);

  it.skipIf(paths.length < files.length)("become the sequences of the slices", async () => {
    const [folder, slice, human, ...worms] = paths as [string, string, string, ...string[]];
    const rows = readSlice(slice);
    const count = (split: string): number =>
      [...rows.keys()].filter((key) => key.startsWith(split)).length;
    expect([count("train"), count("test")]).toEqual([trains, tests]);
    const set = await readLabelledSet(folder);
    const compared = new Set<string>();
    for (const worm of worms.length === 0 ? [human] : worms) {
      const [{ genome: grch38 }, { genome: elegans }] = [
        await openGenome(human),
        await openGenome(worm),
      ];
      const references = new Map([
        ["GRCh38", { genome: grch38 }],
        ["WBcel235", { genome: elegans, aliases: HTSLIB_NAMES }],
      ]);
      const basesOf = classBases(manifest, references);
      for (const split of ["train", "test"] as const) {
        const inside = set[split].filter(({ label, contig, end }) => {
          const { contigs } = label === "worm" ? elegans : grch38;
          const found = contigs.find((one) => one.name.replace("CHROMOSOME_", "") === contig);
          // The slices leave out the mitochondrion, of which a piece is here.
          return found !== undefined && end <= found.length && contig !== "MtDNA";
        });
        const classes = manifest.classes.map((one) => one.name);
        const { sequences } = await sequencesOfIntervals(inside, basesOf, { name, classes });
        for (const [i, { ids, interval }] of sequences.entries()) {
          const { label, id, contig, start, end, strand } = inside[i] as ListedInterval;
          const key = [split, label, id, contig, start, end, strand ?? ""].join(" ");
          expect([key, decodeIds(ids)]).toEqual([key, rows.get(key)]);
          expect(interval).toEqual({ contig, start, end, strand: strand ?? "+" });
          compared.add(key);
        }
      }
      await Promise.all([grch38.close(), elegans.close()]);
    }
    // The rows of chr2 need a genome that is not here; every other one was compared, of both strands where there are two.
    const wanted = [...rows.keys()].filter((key) => !key.includes(" chr2 "));
    expect([...compared].sort()).toEqual(wanted.sort());
    const strands = new Set(wanted.map((key) => key.split(" ").at(-1)));
    if (isWorm || name === "human_nontata_promoters") expect(strands).toEqual(new Set(["+", "-"]));
  });
});
