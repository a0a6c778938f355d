import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { parseConsensusSet } from "../../../src/compare/motifs/parse-consensus-set.ts";
import { readCorePromoterMotifs, readMotifs } from "../../../src/compare/motifs/read-motifs.ts";
import { motifScanner, readForScan } from "../../../src/compare/motifs/scan-motif.ts";
import { scoreMatrix } from "../../../src/compare/motifs/score-matrix.ts";
import { FileError } from "../../../src/errors.ts";
import { encode, flipped } from "./motif-fixture.ts";

describe("the motifs of the package", () => {
  const folder = join(import.meta.dirname, "../../../data/manifests");
  const text = readFileSync(join(folder, "motifs/core-promoter.json"), "utf8");
  const schema: object = JSON.parse(
    readFileSync(join(folder, "schema/motifs.schema.json"), "utf8"),
  );
  const isValid = new Ajv2020({ strict: true }).compile(schema);

  test("are as their schema says, each with its source", async () => {
    isValid(JSON.parse(text));
    expect(isValid.errors).toBeNull();
    const { motifs } = await readCorePromoterMotifs();
    const names = motifs.map(({ name }) => name);
    for (const name of ["tata-box", "initiator", "dpe", "bre-upstream", "ccaat-box", "gc-box"]) {
      expect(names).toContain(name);
    }
    for (const { source } of JSON.parse(text).motifs)
      expect(source).toMatch(/ \d{4}, .+ \d+, \d+-\d+$/);
  });

  test("hit their own consensus, and with mismatches only where that is as rare", async () => {
    const { motifs, background } = await readCorePromoterMotifs();
    const strings: string[] = JSON.parse(text).motifs.map(
      (one: { consensus: string }) => one.consensus,
    );
    for (const [i, motif] of motifs.entries()) {
      const scan = motifScanner(scoreMatrix(motif, background, 1e-4));
      const pick = {
        R: "G",
        Y: "C",
        S: "C",
        W: "T",
        K: "T",
        M: "A",
        B: "G",
        D: "T",
        V: "C",
        H: "A",
        N: "A",
      };
      const word = [...(strings[i] as string)]
        .map((letter) => pick[letter as "R"] ?? letter)
        .join("");
      expect(scan(readForScan(encode(word))), motif.name).toBe(1);
      expect(scan(readForScan(encode(flipped(word)))), motif.name).toBe(1);
    }
  });

  const good = JSON.parse(text);
  test.each([
    [{ ...good, schema: 2 }, "expected schema to be 1, got 2"],
    [{ ...good, motifs: [] }, "expected motifs to be a list of 1 to 1000 items, got 0"],
    [
      { ...good, author: "x" },
      'expected the keys of the file to be $schema, schema, name, about, motifs, got "author"',
    ],
    [
      { ...good, motifs: [{ ...good.motifs[0], consensus: "TATAU" }] },
      'expected motifs[0].consensus to be 4 to 200 IUPAC letters, got "TATAU"',
    ],
    [
      { ...good, motifs: [{ ...good.motifs[0], source: undefined }] },
      "expected motifs[0].source to be a line of text, got nothing",
    ],
    [
      { ...good, motifs: [good.motifs[0], good.motifs[0]] },
      'expected each name of a motif once, got "tata-box" twice',
    ],
  ])("refused: %#", (value, message) => {
    expect(() => parseConsensusSet(JSON.stringify(value), "m.json")).toThrow(
      new FileError(`m.json: ${message}`),
    );
    if (!message.includes("twice")) expect(isValid(JSON.parse(JSON.stringify(value)))).toBe(false);
  });
});

describe("files", () => {
  const folder = mkdtempSync(join(tmpdir(), "gdiff-motifs-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const meme = "MEME version 4\nMOTIF a\nletter-probability matrix:\n1 0 0 0\n0 1 0 0\n";

  test("plain and gzip", async () => {
    writeFileSync(join(folder, "a.meme"), meme);
    writeFileSync(join(folder, "a.meme.gz"), gzipSync(meme));
    expect(await readMotifs(join(folder, "a.meme"))).toEqual(
      await readMotifs(join(folder, "a.meme.gz")),
    );
  });

  test("one that is not there", async () => {
    const path = join(folder, "none.meme");
    await expect(readMotifs(path)).rejects.toThrow(
      new FileError(`${path}: no such file (check the path)`),
    );
  });
});
