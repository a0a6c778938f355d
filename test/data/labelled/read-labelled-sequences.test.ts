import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { LabelledSequences } from "../../../src/data/labelled/labelled-sequence.ts";
import { readLabelledSequences } from "../../../src/data/labelled/node-read-labelled-sequences.ts";
import {
  CompressionError,
  FastaError,
  FileError,
  GdiffError,
  TableError,
} from "../../../src/errors.ts";
import { decodeIds } from "../../../src/tokens/encode.ts";
import { dice, failure, temporaryFile, temporaryFolder } from "../../genome/fixtures.ts";
import { hasPythonModule, runPython, sharedData } from "../../support/oracles.ts";

/** A set as plain rows. */
function plain({ classes, sequences }: LabelledSequences): (readonly string[])[] {
  return sequences.map(({ id, ids, label, interval }) => [
    id,
    decodeIds(ids),
    classes[label] as string,
    ...(interval === undefined ? [] : [Object.values(interval).join(" ")]),
  ]);
}

const CSV = "sequence,label\nACGT,1\nccn,0\nGR,1\n";
const ROWS = [
  ["1", "ACGT", "1"],
  ["2", "CCN", "0"],
  ["3", "GN", "1"],
];

describe("readLabelledSequences", () => {
  it.each<[string, string | Uint8Array]>([
    ["a.csv", CSV],
    ["a.CSV", CSV],
    ["a.csv.gz", gzipSync(CSV)],
    ["a.tsv", CSV.replaceAll(",", "\t")],
    ["a.tsv.gz", gzipSync(CSV.replaceAll(",", "\t"))],
  ])("reads %s", async (name, content) => {
    const path = temporaryFile(name, content);
    const set = await readLabelledSequences(path);
    expect(set.name).toBe(path);
    expect(set.classes).toEqual(["0", "1"]);
    expect(plain(set)).toEqual(ROWS);
  });

  it("takes columns by their names, and classes that are fixed before", async () => {
    const path = temporaryFile("a.csv", "seq,y\nAC,b\nGT,b\n");
    const columns = { sequence: "seq", label: "y" };
    const set = await readLabelledSequences(path, { columns, classes: ["a", "b"] });
    expect(plain(set)).toEqual([
      ["1", "AC", "b"],
      ["2", "GT", "b"],
    ]);
    await expect(readLabelledSequences(path, { columns })).rejects.toThrow(
      new TableError(`${path}: expected sequences of at least two classes, got 2 of "b" only`),
    );
  });

  it("reads a folder of FASTA files, whose order and other files do not matter", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "positive.fa.gz"), gzipSync(">s1 a promoter\nAC\nGT\n>s2\nnnR\n"));
    writeFileSync(join(folder, "Negative.fna"), ">s1\nTTT\n");
    writeFileSync(join(folder, "mixed.fasta"), ">x/1\ncc\n");
    for (const other of ["README.txt", "positive.fa.gz.fai", ".hidden.fa"]) {
      writeFileSync(join(folder, other), "of no concern");
    }
    const set = await readLabelledSequences(folder);
    expect(set.classes).toEqual(["Negative", "mixed", "positive"]);
    expect(plain(set)).toEqual([
      ["Negative/s1", "TTT", "Negative"],
      ["mixed/x/1", "CC", "mixed"],
      ["positive/s1", "ACGT", "positive"],
      ["positive/s2", "NNN", "positive"],
    ]);
  });

  it("refuses folders that are no set", async () => {
    const folder = temporaryFolder();
    const refused = (path: string): Promise<string> => failure(() => readLabelledSequences(path));
    expect(await refused(folder)).toBe(
      `FileError: ${folder}: expected a folder of FASTA files, one a class (CLASS.fa, CLASS.fa.gz), got none`,
    );
    writeFileSync(join(folder, "a.fa"), ">s1\nAC\n>s1\nGT\n");
    writeFileSync(join(folder, "b.fa"), ">s1\nAC\n");
    expect(await refused(folder)).toBe(
      `TableError: ${folder}/a.fa record 2: expected ids that are unique, got "a/s1" again after ${folder}/a.fa record 1 (rename one, or leave ids out)`,
    );
    writeFileSync(join(folder, "a.fasta"), ">s2\nAC\n");
    expect(await refused(folder)).toBe(
      `FileError: ${folder}/a.fasta: expected one file of class a, got ${folder}/a.fa too`,
    );
  });

  it("says which file of a folder is bad", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.fa"), ">s1\nAC\n");
    writeFileSync(join(folder, "b.fa"), ">s1\nMKV\nE\n");
    await expect(readLabelledSequences(folder)).rejects.toThrow(FastaError);
    await expect(readLabelledSequences(folder)).rejects.toThrow(/b\.fa line 3, byte 8: .*protein/);
    writeFileSync(join(folder, "b.fa"), "");
    await expect(readLabelledSequences(folder)).rejects.toThrow(
      new FastaError(`${folder}/b.fa: expected at least one sequence, but the file has none`),
    );
  });

  it("refuses what is missing, of an unknown kind, no text, or cut", async () => {
    const missing = join(temporaryFolder(), "none");
    await expect(readLabelledSequences(missing)).rejects.toThrow(FileError);
    await expect(readLabelledSequences(missing)).rejects.toThrow(/no such file/);
    await expect(readLabelledSequences(`${missing}.csv`)).rejects.toThrow(/no such file/);
    const words = temporaryFile("a.xlsx", "PK");
    await expect(readLabelledSequences(words)).rejects.toThrow(
      new FileError(
        `${words}: expected labelled sequences as .csv, .tsv (or .gz of these), .arrow, .feather or .parquet, or a folder of CLASS.fa, got .xlsx`,
      ),
    );
    const wide = temporaryFile("a.csv", Buffer.from(`\ufeff${CSV}`, "utf16le"));
    await expect(readLabelledSequences(wide)).rejects.toThrow(
      new TableError(
        `${wide}: expected text in UTF-8, got other bytes (convert it: iconv -t UTF-8)`,
      ),
    );
    const cut = temporaryFile("a.csv.gz", gzipSync(CSV).subarray(0, 30));
    await expect(readLabelledSequences(cut)).rejects.toThrow(CompressionError);
  });
});

/** Writes `table` of Python code to `file` by `write`. */
const PYARROW = `
import sys, pyarrow as pa, pyarrow.feather as feather, pyarrow.parquet as pq
s, y = ["ACGT", "ccn", "GR"], [1, 0, 1]
table = pa.table(eval(sys.argv[1]))
def stream(t, path):
    with pa.OSFile(path, "wb") as f, pa.ipc.new_stream(f, t.schema) as w: w.write_table(t, max_chunksize=2)
def plain(t, path):
    with pa.OSFile(path, "wb") as f, pa.ipc.new_file(f, t.schema) as w: w.write_table(t, max_chunksize=2)
eval(sys.argv[2])(table, sys.argv[3])
`;

describe.skipIf(!hasPythonModule("pyarrow.parquet"))("readLabelledSequences of pyarrow", () => {
  const write = (table: string, by: string, name: string): string => {
    const path = join(temporaryFolder(), name);
    runPython(PYARROW, [table, by, path]);
    return path;
  };
  const ints = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
  const labels = [...ints.map((type) => `pa.array(y, pa.${type}())`), "[1.0, 0.0, 1.0]"];

  it.each(labels)("labels as %s", async (label) => {
    const table = `{"sequence": s, "label": ${label}, "weight": [None, 0.5, 1.5]}`;
    for (const [by, name] of [
      ["plain", "a.arrow"],
      ["stream", "a.arrow"],
      ["pq.write_table", "a.parquet"],
    ] as const) {
      expect(plain(await readLabelledSequences(write(table, by, name)))).toEqual(ROWS);
    }
  });

  it.each([
    ["pa.array(s, pa.large_string())", 'pa.array(["p", "n", "p"]).dictionary_encode()'],
    ["pa.array(s).dictionary_encode()", 'pa.array(["p", "n", "p"], pa.large_string())'],
    ["pa.array(s, pa.string_view())", 'pa.array(["p", "n", "p"], pa.string_view())'],
  ])("text as %s and %s", async (sequence, label) => {
    const rows = ROWS.map(([id, bases, one]) => [id, bases, one === "1" ? "p" : "n"]);
    const table = `{"sequence": ${sequence}, "label": ${label}}`;
    expect(plain(await readLabelledSequences(write(table, "plain", "a.arrow")))).toEqual(rows);
    if (sequence.includes("view")) return; // pyarrow writes no views to parquet
    const path = write(table, "pq.write_table", "a.parquet");
    expect(plain(await readLabelledSequences(path))).toEqual(rows);
  });

  it("keeps id and coordinates, and takes labels of true and false", async () => {
    const table =
      '{"id": ["x", "y", "z"], "chrom": ["chr1", None, "2"], "start": pa.array([5, None, 0]), "end": pa.array([9, 3, 2], pa.uint32()), "strand": ["-", "+", None], "sequence": s, "label": [True, False, True]}';
    for (const [by, name] of [
      ["plain", "a.feather"],
      ["pq.write_table", "a.parquet"],
    ] as const) {
      expect(plain(await readLabelledSequences(write(table, by, name)))).toEqual([
        ["x", "ACGT", "true", "chr1 5 9 -"],
        ["y", "CCN", "false"],
        ["z", "GN", "true", "2 0 2 +"],
      ]);
    }
  });

  const simple = '{"sequence": s, "label": y}';
  it.each(["none", "snappy", "gzip", "brotli"])("parquet compressed by %s", async (codec) => {
    const by = `lambda t, p: pq.write_table(t, p, compression="${codec}", row_group_size=2)`;
    expect(plain(await readLabelledSequences(write(simple, by, "a.parquet")))).toEqual(ROWS);
  });

  it("refuses compression that it does not have, with the remedy", async () => {
    const zstd = write(
      simple,
      'lambda t, p: pq.write_table(t, p, compression="zstd")',
      "a.parquet",
    );
    await expect(readLabelledSequences(zstd)).rejects.toThrow(
      new TableError(
        `${zstd}: expected column sequence to be compressed by SNAPPY, GZIP, BROTLI or not at all, got ZSTD (write it again with one of these)`,
      ),
    );
    const lz4 = write(simple, "feather.write_feather", "a.feather");
    await expect(readLabelledSequences(lz4)).rejects.toThrow(
      new TableError(
        `${lz4}: expected an Arrow IPC file without compression, got one with it (write it again uncompressed, or as parquet)`,
      ),
    );
  });

  it.each([
    ['{"sequence": s, "label": ["p", None, "n"]}', "row 2: expected a label, got nothing"],
    [
      '{"sequence": s, "label": [0.5, 1.0, 0.0]}',
      "row 1, column label: expected text or a whole number, got 0.5",
    ],
    [
      '{"sequence": s, "label": [[1], [2], [3]]}',
      "row 1, column label: expected text or a whole number, got neither",
    ],
    [
      '{"sequence": ["AC", "G!", "T"], "label": y}',
      'row 2: base 2: expected a nucleotide (A C G T N or another IUPAC code), got "!"',
    ],
    ['{"sequence": s, "label": y}', undefined],
  ])("names the row of %s", async (table, reason) => {
    for (const [by, name] of [
      ["plain", "a.arrow"],
      ["pq.write_table", "a.parquet"],
    ] as const) {
      const path = write(table, by, name);
      if (reason === undefined) await readLabelledSequences(path);
      else {
        await expect(readLabelledSequences(path)).rejects.toThrow(
          new TableError(`${path} ${reason}`),
        );
      }
    }
  });

  it.each([
    ["plain", "a.arrow"],
    ["stream", "a.arrow"],
    ["pq.write_table", "a.parquet"],
  ])("refuses a file cut anywhere: %s", async (by, name) => {
    const path = write(simple, by, name);
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 31) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(readLabelledSequences(path)).rejects.toThrow(TableError);
    }
  });

  it("takes parquet with a byte changed, or fails as gdiff does", async () => {
    const path = write(simple, "pq.write_table", "a.parquet");
    const whole = readFileSync(path);
    const roll = dice(7);
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(whole);
      bytes[roll(bytes.length)] = roll(256);
      writeFileSync(path, bytes);
      await readLabelledSequences(path).catch((error: unknown) => {
        expect(error).toBeInstanceOf(GdiffError);
      });
    }
  });
});

describe("real sets", () => {
  const real = (name: string): string | undefined =>
    sharedData(`genomic-benchmarks/sequences/${name}.tsv.gz`);
  const [cohn, regulatory] = [
    real("human_enhancers_cohn.test"),
    real("human_ensembl_regulatory.train_subsample1500"),
  ];

  it.skipIf(cohn === undefined)("the test split of human_enhancers_cohn", async () => {
    const columns = { sequence: "seq" };
    const { classes, sequences } = await readLabelledSequences(cohn as string, { columns });
    expect(classes).toEqual(["0", "1"]);
    const counts = [0, 1].map((place) => sequences.filter(({ label }) => label === place).length);
    expect(counts).toEqual([3474, 3474]); // as the data's README says
    expect(new Set(sequences.map(({ ids }) => ids.length))).toEqual(new Set([500]));
  });

  it.skipIf(regulatory === undefined)("three classes of human_ensembl_regulatory", async () => {
    const columns = { sequence: "seq" };
    const { classes, sequences } = await readLabelledSequences(regulatory as string, { columns });
    expect(classes).toEqual(["0", "1", "2"]);
    expect(sequences).toHaveLength(1500);
  });
});
