/** Which test sequences lie inside what the model was pretrained on. */

import { expect, test } from "vitest";
import { pretrainingLeakage } from "../../../pipelines/labelled/pretraining-genome.ts";
import type { LabelledSequence } from "../../../src/data/labelled/labelled-sequence.ts";
import { memoryGenome } from "../../../src/genome/memory-genome.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { decodeIds } from "../../../src/tokens/encode.ts";
import { bytesOf } from "../../genome/fixtures.ts";
import { randomIds } from "../../support/random-ids.ts";

const CONTIGS = new Map([
  ["chr1", randomIds(1000, 1)],
  ["chrX", randomIds(1000, 2)],
]);
const WORM_X = randomIds(600, 3);
const GENOME = memoryGenome(
  "human.fa",
  [...CONTIGS].map(([name, ids]) => ({ name, bases: bytesOf(decodeIds(ids)) })),
);
/** The first half of each contig. */
const DATA = {
  genome: GENOME,
  aliases: [],
  splits: {
    train: [...CONTIGS.keys()].map((contig) => ({ contig, start: 0, end: 500 })),
    valid: [],
    test: [],
  },
};

/** 100 bases of `from` at each start, on the strands in turns, as of contig `name`. */
function cut(name: string, from: Uint8Array, starts: readonly number[]): LabelledSequence[] {
  return starts.map((start, i) => {
    const ids = from.slice(start, start + 100);
    const strand = i % 2 === 0 ? "+" : "-";
    const place = { contig: name, start, end: start + 100, strand } as const;
    return {
      ...{ id: `${name}/${start}`, label: 0, interval: place },
      ids: strand === "+" ? ids : reverseComplementIds(ids),
    };
  });
}

const human = [...CONTIGS].flatMap(([name, ids]) => cut(name, ids, [0, 425, 450, 475, 500, 800]));
/** Of each contig's six, 100, 75, 50 and 25 bases of four are inside. */
const ofHuman = { tests: 12, touching: 8, halfInside: 6, inside: 2 };

test("sequences are counted by the share of their bases inside", async () => {
  expect(await pretrainingLeakage(human, DATA)).toEqual(ofHuman);
  const bare = human.map((one) => ({
    ...one,
    interval: { ...one.interval, contig: one.interval?.contig.slice(3) },
  })) as LabelledSequence[];
  expect(await pretrainingLeakage(bare, DATA)).toEqual(ofHuman);
});

test("sequences of another genome are left aside, though it has a contig of that name", async () => {
  const worm = cut("X", WORM_X, [0, 50, 100, 200, 300, 400]);
  const transcripts = cut("ENST1", WORM_X, [0]);
  const far = cut("chr1", new Uint8Array(4000), [3000]);
  expect(await pretrainingLeakage([...worm, ...human, ...transcripts, ...far], DATA)).toEqual(
    ofHuman,
  );
  expect(await pretrainingLeakage(worm, DATA)).toBeUndefined();
  expect(await pretrainingLeakage([...transcripts, ...far], DATA)).toBeUndefined();
});

test("a masked stretch does not make it another genome", async () => {
  const masked = human.map((one, i) => (i === 2 ? { ...one, ids: one.ids.map(() => 4) } : one));
  expect(await pretrainingLeakage(masked, DATA)).toEqual(ofHuman);
});

test("sequences without coordinates have none", async () => {
  const bare = human.map(({ id, ids, label }) => ({ id, ids, label }));
  expect(await pretrainingLeakage(bare, DATA)).toBeUndefined();
});
