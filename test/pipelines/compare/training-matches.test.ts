import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { trainingMatches } from "../../../pipelines/compare/training-matches.ts";
import { decodeIds } from "../../../src/tokens/encode.ts";
import { temporaryFile, temporaryFolder } from "../../genome/fixtures.ts";
import { twoBitFile } from "../../genome/twobit-fixture.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { randomIds } from "../../support/random-ids.ts";

const contigs = [randomIds(5000, 1), randomIds(3000, 2)];
const query = (length: number, from: number, isFlipped = false): Uint8Array => {
  const ids = randomIds(150, 1000 + length);
  const stretch = (contigs[1] as Uint8Array).slice(from, from + length);
  ids.set(isFlipped ? stretch.map((_, i) => 3 - (stretch[length - 1 - i] as number)) : stretch, 20);
  return ids;
};
const queries = [query(60, 100), query(45, 2000, true), randomIds(150, 9)];
const fasta = contigs.map((ids, i) => `>c${i}\n${decodeIds(ids)}\n`).join("");
const [a = "", b = ""] = contigs.map(decodeIds);

describe("matches to a training set", () => {
  test.each([
    ["FASTA", () => temporaryFile("train.fa", fasta)],
    ["gzip", () => temporaryFile("train.fa.gz", gzipSync(fasta))],
    [
      "2bit",
      () =>
        temporaryFile(
          "train.2bit",
          twoBitFile([
            ["a", a],
            ["b", b],
          ]),
        ),
    ],
    ["a table", () => temporaryFile("train.csv", `sequence\n${a}\n${b}\n`)],
  ])("%s", async (_, file) => {
    const path = file();
    const { matches, train } = await trainingMatches(path, queries, quietIo());
    expect(train).toEqual({ name: path, contigs: 2, bases: 8000 });
    expect(matches[0]).toBeGreaterThanOrEqual(60);
    expect(matches[0]).toBeLessThan(68);
    expect(matches[1]).toBeGreaterThanOrEqual(45);
    expect(matches[1]).toBeLessThan(53);
    expect(matches[2]).toBeLessThan(16); // log4 of 150 × 16,000 is 10.6
  });

  test("more bases than are looked for at once are looked for in turns, with the same matches", async () => {
    const path = temporaryFile("train.fa", fasta);
    const many = [...queries, ...Array.from({ length: 20 }, (_, i) => randomIds(130 + i, 50 + i))];
    const whole = await trainingMatches(path, many, quietIo());
    for (const most of [1, 150, 400]) {
      expect(await trainingMatches(path, many, quietIo(), most)).toEqual(whole);
    }
  });

  test("a request to stop ends it", async () => {
    const path = `${temporaryFolder()}/train.fa`;
    writeFileSync(path, fasta);
    const io = quietIo(AbortSignal.abort(new Error("stopped")));
    await expect(trainingMatches(path, queries, io)).rejects.toThrow("stopped");
  });
});
