import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { streamContigs } from "../../src/data/contig-stream.ts";
import { CompressionError, FastaError, FileError } from "../../src/errors.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { bgzfFile } from "../genome/bgzf-fixture.ts";
import { temporaryFile } from "../genome/fixtures.ts";
import { twoBitFile } from "../genome/twobit-fixture.ts";

const FASTA = ">a first one\nACGTN\nacg\n>b\nTTTT\n>c\n>d\nRGT\n";

/** `name description: bases (length)` of each contig. */
async function told(path: string): Promise<string[]> {
  const contigs: string[] = [];
  let bases = "";
  for await (const event of streamContigs(path)) {
    if (event.kind === "contig") {
      contigs.push(`${event.name} ${event.description}`);
      bases = "";
    } else if (event.kind === "bases") bases += decodeIds(event.ids);
    else contigs.push(`${contigs.pop()}: ${bases} (${event.bases})`);
  }
  return contigs;
}

const EXPECTED = ["a first one: ACGTNACG (8)", "b : TTTT (4)", "c :  (0)", "d : NGT (3)"];

test.each([
  ["a.fa", FASTA],
  ["a.fa.gz", gzipSync(FASTA)],
  ["b.fa.gz", bgzfFile(FASTA, 7)],
])("%s: contigs, their bases and lengths", async (name, content) => {
  expect(await told(temporaryFile(name, content))).toEqual(EXPECTED);
});

test("a .2bit file says the same", async () => {
  const content = twoBitFile([
    ["a", "ACGTNacg"],
    ["b", "TTTT"],
  ]);
  expect(await told(temporaryFile("a.2bit", content))).toEqual([
    "a : ACGTNACG (8)",
    "b : TTTT (4)",
  ]);
});

describe("refused", () => {
  test.each([
    ["empty.fa", "", FastaError, /expected at least one sequence, but the file is empty$/],
    ["cut.fa.gz", gzipSync(FASTA).subarray(0, 30), CompressionError, /cut\.fa\.gz/],
    ["protein.fa", ">p\nMKVL\n", FastaError, /line 2, byte 6: expected a nucleotide/],
  ])("%s", async (name, content, kind, message) => {
    const path = temporaryFile(name, content);
    const failure = await told(path).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(String(failure)).toMatch(message);
  });

  test("what is not there", async () => {
    await expect(told("/nowhere/a.fa")).rejects.toThrow(
      new FileError("/nowhere/a.fa: no such file (check the path)"),
    );
  });
});
