import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildFai } from "../../src/genome/build-fai.ts";
import { formatFai } from "../../src/genome/fai.ts";
import { hasProgram } from "../support/oracles.ts";
import {
  bytesOf,
  dice,
  failure,
  pieces,
  randomLetters,
  temporaryFolder,
  wrapped,
} from "./fixtures.ts";

async function ourFai(text: string, pieceLength = 1000): Promise<string> {
  return formatFai((await buildFai(pieces(bytesOf(text), pieceLength), "x.fa")).records);
}

test("leaves out contigs without bases, and says which", async () => {
  const built = await buildFai([bytesOf(">a\n>b\nACGT\n>c\n\n>d\nA\n")], "x.fa");
  expect(built.emptyContigs).toEqual(["a", "c"]);
  expect(built.records.map((record) => record.name)).toEqual(["b", "d"]);
});

describe.skipIf(!hasProgram("samtools"))("beside samtools faidx", () => {
  /** What samtools makes of the text; undefined where it refuses. */
  function samtoolsFai(text: string): string | undefined {
    const path = join(temporaryFolder(), "x.fa");
    writeFileSync(path, text);
    const { status } = spawnSync("samtools", ["faidx", path], { stdio: "ignore" });
    return status === 0 ? readFileSync(`${path}.fai`, "utf8") : undefined;
  }

  test.each([
    ">a\nACGT\n",
    ">a\nACGT",
    ">a\n>b\nACGT\n",
    ">a\n\n>b\nACGT\n",
    "\n\n>a\nAC\nA",
    "\r\n>a\nAC\n",
    ">a\r\nACGT\r\nAC\r\n",
    ">a\r\nACGT\r\nAC",
    ">a\r\nACGT\r",
    ">a\r\nACGT\r\n\r\n>b\r\nA",
    "> a x\nAC\n",
    ">a\tx\nAC\n",
    ">a\nAC\nA\n\n\n",
    ">a > b\nACGTN\nacgtn\nRYS\n>b\n\n>c\nA\n",
    ">Кот é\nAC\n",
    ">a\nACGT\nAC\r\n>b\r\nACG\r\nACG\n",
  ])("writes the same index of %j", async (text) => {
    const expected = samtoolsFai(text);
    expect(expected).toBeDefined();
    for (let length = 1; length <= 7; length++) expect(await ourFai(text, length)).toBe(expected);
  });

  test.each([
    "",
    "\n",
    ">a",
    ">a\n",
    ">a\nACGT\n>b\n",
    ">a\nAC\n\nAC\n",
    ">a\nAC\nACG\n",
    ">a\nAC\nA\nAC\n",
    "ACGT\n",
    ";c\n>a\nAC\n",
    ">a\rACGT\r",
  ])("refuses what samtools refuses: %j", async (text) => {
    expect(samtoolsFai(text)).toBeUndefined();
    expect(await failure(() => ourFai(text))).toMatch(/^FastaError: /);
  });

  test("writes the same index of random files", async () => {
    const roll = dice(11);
    for (let i = 0; i < 25; i++) {
      const lineEnd = ["\n", "\r\n"][roll(2)] as string;
      let text = "";
      for (let contig = 0; contig < 1 + roll(6); contig++) {
        const sequence = randomLetters(1 + roll(300), "ACGTNacgtnRy", roll);
        text += `>contig${contig} of file ${i}${lineEnd}${wrapped(sequence, 1 + roll(80), lineEnd)}`;
        text += lineEnd.repeat(roll(3));
      }
      if (roll(2) === 0) text = text.trimEnd();
      expect(await ourFai(text, 1 + roll(100)), JSON.stringify(text)).toBe(samtoolsFai(text));
    }
  });
});
