/** The files that constraints name. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  askedConstraints,
  loadConstraints,
} from "../../../../pipelines/generate/constraints/constraint-inputs.ts";
import {
  iupacAsPrompts,
  withIupac,
} from "../../../../pipelines/generate/constraints/iupac-prompts.ts";
import { maskPrompts } from "../../../../pipelines/generate/constraints/mask-prompts.ts";
import { readIupac } from "../../../../pipelines/generate/constraints/read-iupac.ts";
import { parseKmerScores } from "../../../../pipelines/generate/constraints/read-kmer-scores.ts";
import {
  ConfigError,
  FastaError,
  FileError,
  RegionError,
  TableError,
} from "../../../../src/errors.ts";
import { setsOfLetters } from "../../../../src/tokens/iupac.ts";
import { sha256Hex } from "../../../../src/util/sha256.ts";

const folder = mkdtempSync(join(tmpdir(), "gdiff-constraint-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("maskPrompts", () => {
  const prompts = [
    { id: "p1", text: "ACGTacgt" },
    { id: "p2", text: "GGGG" },
  ];

  test("frees the bases of regions, which may overlap", () => {
    const regions = [
      { contig: "p1", start: 2, end: 5 },
      { contig: "p1", start: 4, end: 6 },
      { contig: "p2", start: 0, end: 0 },
    ];
    expect(maskPrompts(prompts, regions, "m.bed")).toEqual([
      { id: "p1", text: "ACNNNNgt" },
      { id: "p2", text: "GGGG" },
    ]);
  });

  test("refuses regions of other records, and beyond the end", () => {
    const at = (contig: string, end: number) => () =>
      maskPrompts(prompts, [{ contig, start: 0, end }], "m.bed");
    expect(at("P2x", 1)).toThrow(
      new RegionError("m.bed: expected records of the prompt, got P2x (p2?)"),
    );
    expect(at("elsewhere", 1)).toThrow(
      new RegionError("m.bed: expected records of the prompt, got elsewhere"),
    );
    expect(at("p2", 5)).toThrow(
      new RegionError("m.bed: expected regions within p2 (4 bases), got one that ends at 5"),
    );
  });
});

describe("IUPAC letters", () => {
  test("are read as they stand, over lines and in either case", async () => {
    const path = file("letters.fa", ">a x\r\nACGTRY\nswkm\n\n>b\nBDHVN\n");
    const records = await readIupac(path);
    expect(records).toEqual([
      { id: "a", text: "ACGTNNnnnn", sets: setsOfLetters("ACGTRYSWKM") },
      { id: "b", text: "NNNNN", sets: setsOfLetters("BDHVN") },
    ]);
    expect(iupacAsPrompts(records)[0]).toMatchObject({
      id: "a",
      ids: Uint8Array.of(0, 1, 2, 3, 5, 5, 5, 5, 5, 5),
    });
  });

  test("of one name twice, and other letters, are refused", async () => {
    const twice = file("twice.fa", ">a\nR\n>a\nY\n");
    await expect(readIupac(twice)).rejects.toThrow(
      new FastaError(`${twice}: expected each name once, got a twice`),
    );
    await expect(readIupac(file("gap.fa", ">a\nR-Y\n"))).rejects.toThrow(FastaError);
  });

  test("belong to the records of a prompt by name", () => {
    const prompts = [
      { id: "a", text: "NNN", ids: Uint8Array.of(5, 5, 5) },
      { id: "b", text: "N", ids: Uint8Array.of(5) },
    ];
    const sets = setsOfLetters("RYN") as Uint8Array;
    expect(withIupac(prompts, [{ id: "a", text: "NNN", sets }], "i.fa")).toEqual([
      { ...prompts[0], sets },
      prompts[1],
    ]);
    expect(() => withIupac(prompts, [{ id: "aa", text: "NNN", sets }], "i.fa")).toThrow(
      new ConfigError("i.fa: expected records of the prompt, got aa (a?)"),
    );
    expect(() => withIupac(prompts, [{ id: "b", text: "NNN", sets }], "i.fa")).toThrow(
      new ConfigError("i.fa: expected as many letters of b as the prompt has (1), got 3"),
    );
  });
});

describe("scores of k-mers", () => {
  test("are numbers by word, 0 where a word is not named", () => {
    const { k, scores } = parseKmerScores("# by hand\nkmer\tscore\nAC\t1.5\n\ngt -2e-1\n", "s.tsv");
    expect([k, scores.length, scores[1], scores[11]]).toEqual([2, 16, 1.5, -0.2]);
    expect(scores.filter((score) => score !== 0)).toHaveLength(2);
  });

  test.each([
    ["AC\n", "s.tsv line 1: expected a k-mer and its score, got 1 columns"],
    ["AC\t1\t2\n", "s.tsv line 1: expected a k-mer and its score, got 3 columns"],
    ["AC\t1\nAN\t1\n", 's.tsv line 2: expected a k-mer of 1 to 10 bases A, C, G, T, got "AN"'],
    ["AC\t1\nACG\t1\n", "s.tsv line 2: expected k-mers of 2 bases as before, got ACG"],
    ["AC\thigh\n", 's.tsv line 1: expected a number, got "high"'],
    ["AC\t1\nac\t2\n", "s.tsv line 2: expected each k-mer once, got ac again"],
    ["# nothing\n", "s.tsv: expected k-mers, got none"],
  ])("%j is refused", (text, message) => {
    expect(() => parseKmerScores(text, "s.tsv")).toThrow(new TableError(message));
  });
});

describe("loadConstraints", () => {
  const MEME = `MEME version 4
MOTIF one TBP
letter-probability matrix: alength= 4 w= 1 nsites= 10
1 0 0 0
MOTIF two
letter-probability matrix: alength= 4 w= 1 nsites= 10
0 0 0 1
`;

  test("is nothing where nothing is asked for", async () => {
    expect(await loadConstraints(await askedConstraints({ tries: 16 }), 16)).toBeUndefined();
  });

  test("takes the file's constraints under the flags', and what both name", async () => {
    const meme = file("m.meme", MEME);
    const kmers = file("k.tsv", "A\t1\n");
    const yaml = file(
      "c.yaml",
      `gc: 0.1-0.9\nforbid: [EcoRI]\npwm: "${meme}:two@3"\npwmWeight: 2\n`,
    );
    const asked = await askedConstraints({
      ...{ tries: 5, file: yaml, forbid: ["GATC"], particles: 4 },
      ...{ potential: [`kmers:${kmers}`, `pwm:${meme}:TBP`], potentialWeight: 3 },
    });
    const inputs = await loadConstraints(asked, 5);
    expect(inputs?.asked).toMatchObject({ gc: "0.1-0.9", forbid: ["GATC"], particles: 4 });
    expect(inputs?.tries).toBe(5);
    expect(inputs?.matrices).toEqual([
      { matrix: expect.objectContaining({ name: "two", sites: 10 }), start: 2, weight: 2 },
    ]);
    const [ofKmers, ofMatrix] = inputs?.potentials ?? [];
    expect(ofKmers?.(Uint8Array.of(0, 0, 1))).toBe(6);
    expect(ofMatrix?.(Uint8Array.of(1, 3))).toBeCloseTo(3 * Math.log((4 * 10.025) / 10.1), 9);
    expect(inputs?.files).toEqual({
      [meme]: sha256Hex(new TextEncoder().encode(MEME)),
      [kmers]: sha256Hex(new TextEncoder().encode("A\t1\n")),
    });
  });

  test("says which motifs there are where the name is none of them, or missing", async () => {
    const meme = file("n.meme", MEME);
    const load = (text: string) => loadConstraints({ pwm: [text] }, 1);
    await expect(load(`${meme}@1`)).rejects.toThrow(
      new ConfigError(
        `${meme}: expected the name of one motif (FILE:NAME), as the file holds one, two`,
      ),
    );
    await expect(load(`${meme}:tow@1`)).rejects.toThrow(
      new ConfigError(`${meme}: expected motif tow, but the file holds one, two (two?)`),
    );
    await expect(load(`${meme}.gone@1`)).rejects.toThrow(FileError);
  });
});
