/** Every single-bit flip of an index: an error, or the same contigs and bases; nothing else. */

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { GdiffError } from "../../src/errors.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { bgzfFile } from "./bgzf-fixture.ts";
import { dice, randomLetters, temporaryFile, textOf, wrapped } from "./fixtures.ts";

const roll = dice(91);
const CONTIGS = [70, 9, 60, 131].map((length, i) => ({
  name: `chr${i}`,
  bases: randomLetters(length, "ACGTNacgtn", roll),
}));
const TEXT = CONTIGS.map(({ name, bases }, i) => `>${name} x\n${wrapped(bases, 10 * i + 7)}`).join(
  "",
);
const EXPECTED = CONTIGS.map(({ name, bases }) => `${name} ${bases}`).join("\n");

/** All there is to read, in whole contigs and in windows; undefined when something refused. */
async function readAll(path: string): Promise<string | undefined> {
  try {
    const { genome } = await openGenome(path);
    const lines: string[] = [];
    try {
      for (const { name, length } of genome.contigs) {
        const whole = textOf(await genome.read({ contig: name, start: 0, end: length }));
        const parts: string[] = [];
        for (let start = 0; start < length; start += 13) {
          const end = Math.min(length, start + 13);
          parts.push(textOf(await genome.read({ contig: name, start, end })));
        }
        if (parts.join("") !== whole) return "windows differ from the whole";
        lines.push(`${name} ${whole}`);
      }
    } finally {
      await genome.close();
    }
    return lines.join("\n");
  } catch (error) {
    if (error instanceof GdiffError) return undefined;
    throw error;
  }
}

test.each([
  ["fai", "x.fa", TEXT],
  ["fai", "x.fa.gz", bgzfFile(TEXT, 90)],
  ["gzi", "x.fa.gz", bgzfFile(TEXT, 90)],
] as const)("of a .%s beside %s", async (kind, name, content) => {
  const path = temporaryFile(name, content);
  expect(await readAll(path)).toBe(EXPECTED);
  const index = Uint8Array.from(readFileSync(`${path}.${kind}`));
  let refused = 0;
  for (let bit = 0; bit < 8 * index.length; bit++) {
    const flipped = Uint8Array.from(index);
    flipped[bit >>> 3] = (index[bit >>> 3] as number) ^ (1 << (bit & 7));
    writeFileSync(`${path}.${kind}`, flipped);
    const read = await readAll(path);
    if (read === undefined) refused++;
    else expect(read, `bit ${bit}`).toBe(EXPECTED);
  }
  expect(refused).toBeGreaterThan(4 * index.length);
});
