import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { readLabelledSequences } from "../../../src/data/labelled/node-read-labelled-sequences.ts";
import { readLabelledSet } from "../../../src/data/labelled/node-read-labelled-set.ts";
import { intervalsDigest, sequencesDigest } from "../../../src/data/labelled/set-digests.ts";
import {
  findBenchmark,
  readKnownBenchmarks,
} from "../../../src/data/manifests/node-known-benchmarks.ts";
import { parseBenchmarkManifest } from "../../../src/data/manifests/parse-benchmark-manifest.ts";
import { ConfigError, FileError } from "../../../src/errors.ts";
import { intervalLength } from "../../../src/genome/interval.ts";
import { sha256Hex } from "../../../src/util/sha256.ts";
import { sharedData } from "../../support/oracles.ts";
import { disagreements } from "./schema-agreement.ts";

const FOLDER = join(import.meta.dirname, "../../../data/manifests");
const schema: object = JSON.parse(
  readFileSync(join(FOLDER, "schema/benchmark.schema.json"), "utf8"),
);
const isValid = new Ajv2020({ strict: true, allErrors: false }).compile(schema);
const files = readdirSync(join(FOLDER, "genomic-benchmarks"));
const known = await readKnownBenchmarks();

const DIGEST = "0123456789abcdef".repeat(4);
const GOOD = {
  $schema: "x",
  schema: 1,
  name: "a_set",
  aliases: ["a"],
  about: "A thing",
  source: {
    repository: "https://example.org/a",
    commit: DIGEST.slice(0, 40),
    folder: "datasets/a_set",
    url: "https://example.org/a_set",
    licence: "Apache-2.0",
  },
  classes: [
    { name: "no", train: 3, test: 1, reference: "R" },
    { name: "yes", train: 2, test: 1, reference: "R" },
  ],
  lengthBases: { least: 1, median: 2, most: 3 },
  references: [
    {
      name: "R",
      kind: "genome",
      url: "ftp://example.org/r.fa.gz",
      genomes: ["r1"],
      contigAliases: [["chrM", "MT"]],
    },
  ],
  files: [{ path: "train/no.csv.gz", bytes: 5, sha256: DIGEST }],
  intervals: { train: DIGEST, test: DIGEST },
  sequences: { train: DIGEST, test: DIGEST },
};

/** What the parser checks beyond the schema, by the words of its refusals. */
const BEYOND_SCHEMA = / once, got | in the order of their names, | to name references /;

function isParsed(manifest: unknown): boolean {
  try {
    parseBenchmarkManifest(JSON.stringify(manifest) ?? "", "a.json");
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return BEYOND_SCHEMA.test(error.message);
  }
}

describe("parseBenchmarkManifest", () => {
  it("agrees with the schema on each place taken away and on each hostile value in each place", () => {
    expect(disagreements(GOOD, isParsed, (manifest) => isValid(manifest))).toEqual([]);
  });

  it.each<[object, string]>([
    [{ aliases: ["A_SET"] }, 'each name of the set once, got "a_set" twice'],
    [
      { classes: GOOD.classes.toReversed() },
      'the classes in the order of their names, got "yes" first',
    ],
    [{ classes: [GOOD.classes[0], GOOD.classes[0]] }, 'each name of a class once, got "no" twice'],
    [
      { references: [...GOOD.references, ...GOOD.references] },
      'each name of a reference once, got "R" twice',
    ],
    [
      { files: [...GOOD.files, ...GOOD.files] },
      'each path of a file once, got "train/no.csv.gz" twice',
    ],
    [
      { references: [{ ...GOOD.references[0], name: "S" }] },
      'classes to name references of the manifest, got "R"',
    ],
    [{ schema: 2 }, "schema to be 1, got 2"],
    [
      { files: [{ ...GOOD.files[0], path: "../a" }] },
      'files[0].path to be a relative path of letters, digits, . _ and -, got "../a"',
    ],
    [
      { references: [{ ...GOOD.references[0], url: "file:///a" }] },
      'references[0].url to be a URL of http, https or ftp, got "file:///a"',
    ],
  ])("refuses %j", (part, reason) => {
    expect(() => parseBenchmarkManifest(JSON.stringify({ ...GOOD, ...part }), "a.json")).toThrow(
      new FileError(`a.json: expected ${reason}`),
    );
  });
});

it.each(files)("%s is as the schema says", (name) => {
  isValid(JSON.parse(readFileSync(join(FOLDER, "genomic-benchmarks", name), "utf8")));
  expect(isValid.errors).toBeNull();
});

describe("findBenchmark", () => {
  it("finds sets by name and short name, in any case", () => {
    expect(known).toHaveLength(9);
    for (const [short, name] of [
      ["nontata", "human_nontata_promoters"],
      ["Mouse", "dummy_mouse_enhancers_ensembl"],
      ["HUMAN_OCR_ENSEMBL", "human_ocr_ensembl"],
    ] as const) {
      expect(findBenchmark(known, short).name).toBe(name);
    }
  });

  it("gives no name to two", () => {
    const names = known.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("names the sets that it knows, and the nearest", () => {
    expect(() => findBenchmark(known, "nontatta")).toThrow(ConfigError);
    expect(() => findBenchmark(known, "nontatta")).toThrow(
      /^expected the name of a benchmark set: coding, demo_coding_vs_intergenomic_seqs, .* \(nontata\?\), got "nontatta"$/,
    );
  });
});

/** Official counts and lengths: train, test, and least, median and most bases, as spec 4.5 lists them. */
const PUBLISHED = new Map([
  ["demo_coding_vs_intergenomic_seqs", [75_000, 25_000, 200, 200, 200]],
  ["demo_human_or_worm", [75_000, 25_000, 200, 200, 200]],
  ["drosophila_enhancers_stark", [5184, 1730, 236, 2142, 3237]],
  ["dummy_mouse_enhancers_ensembl", [968, 242, 331, 2381, 4776]],
  ["human_enhancers_cohn", [20_843, 6948, 500, 500, 500]],
  ["human_enhancers_ensembl", [123_872, 30_970, 2, 269, 573]],
  ["human_ensembl_regulatory", [231_348, 57_713, 71, 401, 802]],
  ["human_nontata_promoters", [27_097, 9034, 251, 251, 251]],
  ["human_ocr_ensembl", [139_804, 34_952, 71, 315, 593]],
]);

describe.each(known)("$name", (manifest) => {
  const { name, classes, lengthBases } = manifest;
  const intervals = sharedData(`genomic-benchmarks/intervals/${name}`);

  it("has the published counts and lengths", () => {
    const total = (split: "train" | "test"): number =>
      classes.reduce((sum, one) => sum + one[split], 0);
    const { least, median, most } = lengthBases;
    expect([total("train"), total("test"), least, median, most]).toEqual(PUBLISHED.get(name));
  });

  it.skipIf(intervals === undefined)("is what its files say", async () => {
    const folder = intervals as string;
    for (const { path, bytes, sha256 } of manifest.files) {
      const content = readFileSync(join(folder, path));
      expect([path, content.length, sha256Hex(content)]).toEqual([path, bytes, sha256]);
    }
    const set = await readLabelledSet(folder);
    for (const split of ["train", "test"] as const) {
      expect(intervalsDigest(set[split])).toBe(manifest.intervals[split]);
      const counts = new Map<string, number>();
      for (const { label } of set[split]) counts.set(label, (counts.get(label) ?? 0) + 1);
      expect([...counts]).toEqual(classes.map((one) => [one.name, one[split]]));
    }
    const lengths = Float64Array.from([...set.train, ...set.test], intervalLength).sort();
    expect(lengthBases).toEqual({
      least: lengths[0],
      median: lengths[(lengths.length - 1) >> 1],
      most: lengths.at(-1),
    });
    const metadata = readFileSync(join(folder, "metadata.yaml"), "utf8");
    const urls = [...metadata.matchAll(/^ {2}(\w+):$(?:\n {4}.*)*?\n {4}url: (\S+)$/gm)];
    expect(urls.map(([, label, url]) => [label, url])).toEqual(
      classes.map(({ name: label, reference }) => [
        label,
        manifest.references.find((one) => one.name === reference)?.url,
      ]),
    );
  });

  if (manifest.sequences.test === undefined) return;
  const whole = sharedData(`genomic-benchmarks/sequences/${name}.test.tsv.gz`);
  it.skipIf(whole === undefined)("has the sequences of its test split", async () => {
    const set = await readLabelledSequences(whole as string, { columns: { sequence: "seq" } });
    expect(set.classes).toEqual(["0", "1"]); // the places of the classes by name
    const named = { ...set, classes: classes.map((one) => one.name) };
    expect(sequencesDigest(named)).toBe(manifest.sequences.test);
  });
});
