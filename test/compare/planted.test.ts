/**
 * Sets with one thing planted in them: the numbers that are about it move, and the others do not. A number has moved when its
 * difference from real DNA stands beyond what chance gives any of them in one report of twenty, and has not when it is alike.
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { measureArms } from "../../pipelines/compare/measure-arms.ts";
import { trainingMatches } from "../../pipelines/compare/training-matches.ts";
import { dealArms } from "../../src/compare/arms.ts";
import type { ArmMatches } from "../../src/compare/memorisation/compare-memorisation.ts";
import { readCorePromoterMotifs } from "../../src/compare/motifs/read-motifs.ts";
import { judge } from "../../src/compare/standing.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { quietIo } from "../support/quiet-io.ts";
import { randomIds, xorshift32 } from "../support/random-ids.ts";

const [SIZE, LENGTH, REPLICATES] = [240, 200, 120];
const TATA = [3, 0, 3, 0, 0, 0, 0, 2];
const folder = mkdtempSync(join(tmpdir(), "gdiff-planted-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Plant = (ids: Uint8Array, next: () => number) => void;

/** Random bases, a TATA box in 3 of 10 sequences unless `hasTata` is false, and what `plant` makes of them. */
function sequences(
  count: number,
  seed: number,
  plant: Plant = () => {},
  hasTata = true,
): Uint8Array[] {
  const next = xorshift32(seed);
  return Array.from({ length: count }, (_, i) => {
    const ids = randomIds(LENGTH, 1000 * seed + i);
    if (next() < 0.3 && hasTata) ids.set(TATA, Math.floor((LENGTH - 8) * next()));
    plant(ids, next);
    return ids;
  });
}

const train = sequences(300, 77);
const reference = sequences(2 * SIZE, 5);
const trainFile = join(folder, "train.fa");
writeFileSync(trainFile, train.map((ids, i) => `>t${i}\n${decodeIds(ids)}\n`).join(""));

/** Names of the overview's numbers, once a set was measured. */
let everyName: readonly string[] = [];

/** Names of all numbers that moved, as measure/name. */
async function moved(
  generated: readonly Uint8Array[],
  real: readonly Uint8Array[],
): Promise<ReadonlyMap<string, string>> {
  const io = quietIo();
  const arms = dealArms(generated, real, 1);
  const { matches } = await trainingMatches(trainFile, [...arms.generated, ...arms.real], io);
  const lengths = new Uint32Array(SIZE).fill(LENGTH);
  const arm = (from: number): ArmMatches => ({
    matches: matches.subarray(from, from + SIZE),
    lengths,
  });
  const { results } = await measureArms(
    arms,
    {
      motifs: await readCorePromoterMotifs(),
      motifPValue: 1e-4,
      embeddings: undefined,
      matches: { generated: arm(0), real: arm(SIZE) },
      options: { seed: 1, replicates: REPLICATES },
    },
    io,
  );
  everyName = results.flatMap(({ measure, figures }) =>
    figures.map(({ name }) => `${measure}/${name}`),
  );
  const found = new Map<string, string>();
  for (const { measure, figures, details } of judge(results, REPLICATES)) {
    for (const { name, standing } of [...figures, ...details]) {
      if (standing === "higher" || standing === "lower") found.set(`${measure}/${name}`, standing);
    }
  }
  return found;
}

interface Case {
  /** Where it is not that of all others. */
  readonly reference?: readonly Uint8Array[];
  readonly generated: readonly Uint8Array[];
  /** What has to move, and which way. */
  readonly moves: Readonly<Record<string, "higher" | "lower">>;
  /** What may, as its words or bases are those of the plant. */
  readonly mayMove: RegExp;
}

const CASES: Readonly<Record<string, Case>> = {
  nothing: { generated: sequences(SIZE, 9), moves: {}, mayMove: /^$/ },
  "GC shifted": {
    generated: sequences(SIZE, 9, (ids, next) => {
      for (const [i, id] of ids.entries())
        if (id % 3 === 0 && next() < 0.2) ids[i] = id === 0 ? 2 : 1;
    }),
    moves: {
      "composition/gc-mean": "higher",
      "composition/gc-distance": "higher",
      "kmers/divergence-1": "higher",
      "kmers/divergence-3": "higher",
      "kmers/divergence-6": "higher",
      "discriminator/auroc": "higher",
    },
    mayMove: /^(kmers|motifs)\/|^diversity\/similarity$/,
  },
  "a motif removed": {
    generated: sequences(SIZE, 9, undefined, false),
    moves: { "motifs/tata-box": "lower" },
    mayMove:
      /^kmers\/|^discriminator\/|^composition\/(odds-(AA|TA)|dinucleotide)|^strands\/|^diversity\/similarity/,
  },
  "training sequences copied in": {
    generated: sequences(SIZE, 9, (ids, next) => {
      if (next() > 0.15) return;
      const from = train[Math.floor(train.length * next())] as Uint8Array;
      ids.set(from.subarray(20, 160), 30);
    }),
    moves: {
      "memorisation/longest": "higher",
      "memorisation/long-share": "higher",
      "memorisation/half-share": "higher",
    },
    mayMove: /^$/,
  },
  "repeats added": {
    generated: sequences(SIZE, 9, (ids, next) => {
      if (next() > 0.4) return;
      for (let i = 60; i < 90; i++) ids[i] = (i + 1) % 3; // CAG, which is no part of a motif on either strand
    }),
    moves: {
      "repeats/tandem": "higher",
      "repeats/unit-3": "higher",
      "repeats/low-complexity": "higher",
    },
    mayMove:
      /^(kmers|discriminator|range|strands)\/|^composition\/(odds|dinuc|cpg)|^diversity\/(similarity|distinct)|^repeats\/run/,
  },
  "every third base repeats the one three before": {
    generated: sequences(SIZE, 9, (ids, next) => {
      for (let i = 3; i < LENGTH; i += 3) if (next() < 0.5) ids[i] = ids[i - 3] as number;
    }),
    moves: { "range/near": "higher", "range/period-3": "higher" },
    mayMove: /^(kmers|discriminator|range|repeats|motifs)\/|^diversity\/similarity$/,
  },
  "GC differs from sequence to sequence": {
    generated: sequences(SIZE, 9, (ids, next) => {
      const strong = next() < 0.5;
      for (const [i, id] of ids.entries()) {
        if (next() < 0.35) ids[i] = strong ? 1 + (id % 2) : 3 * (id % 2);
      }
    }),
    moves: {
      "composition/gc-deviation": "higher",
      "composition/gc-distance": "higher",
      "range/far": "higher",
      "diversity/similarity": "higher",
    },
    mayMove:
      /^(kmers|discriminator|range|repeats|motifs|diversity)\/|^composition\/(odds|dinuc|cpg)|^memorisation\/longest$/,
  },
  "CpG lost": {
    generated: sequences(SIZE, 9, (ids, next) => {
      for (let i = 1; i < LENGTH; i++) {
        if (ids[i - 1] !== 1 || ids[i] !== 2 || next() < 0.3) continue;
        if (next() < 0.5)
          [ids[i - 1], ids[i]] = [2, 1]; // GC instead: the same bases
        else [ids[i - 1], ids[i]] = [1, 1];
      }
    }),
    moves: { "composition/cpg": "lower", "composition/dinucleotide-distance": "higher" },
    mayMove:
      /^(kmers|discriminator|range|motifs|strands)\/|^composition\/odds|^diversity\/similarity$|^repeats\/run/,
  },
  "T is A on this strand": {
    generated: sequences(SIZE, 9, (ids, next) => {
      for (const [i, id] of ids.entries()) if (id === 3 && next() < 0.3) ids[i] = 0;
    }),
    moves: {
      "strands/asymmetry-1": "higher",
      "strands/asymmetry-3": "higher",
      "strands/asymmetry-6": "higher",
    },
    mayMove:
      /^(kmers|discriminator|repeats|motifs)\/|^composition\/(odds|dinuc|cpg)|^diversity\/similarity$/,
  },
  "another law": {
    generated: sequences(SIZE, 9),
    reference: sequences(2 * SIZE, 5, (ids, next) => {
      for (let i = 1; i < LENGTH; i++) {
        if (next() < 0.5) ids[i] = ((ids[i - 1] as number) + (next() < 0.7 ? 0 : 2)) % 4;
      }
    }),
    moves: {
      ...Object.fromEntries([2, 4, 5].map((k) => [`kmers/divergence-${k}`, "higher"] as const)),
      "kmers/rank-3": "lower",
      "kmers/rank-6": "lower",
      "repeats/long-runs": "lower",
      "repeats/run-divergence": "higher",
      "motifs/correlation": "lower",
    },
    mayMove: /./,
  },
  "copies of each other": {
    generated: sequences(SIZE / 2, 9).flatMap((ids) => [ids, ids]),
    moves: {
      "diversity/copies": "higher",
      "diversity/distinct": "lower",
    },
    mayMove: /^diversity\/similarity$|^(kmers\/divergence|strands\/asymmetry)/, // fewer sequences have more noise
  },
};

describe.each(Object.entries(CASES))(
  "%s",
  (_, { generated, reference: real = reference, moves, mayMove }) => {
    test("what is about it moves, the rest does not", async () => {
      const found = await moved(generated, real);
      for (const [name, way] of Object.entries(moves))
        expect([name, found.get(name)]).toEqual([name, way]);
      const others = [...found.keys()].filter((name) => !(name in moves) && !mayMove.test(name));
      expect(others).toEqual([]);
    });
  },
);

test("every number of the overview is moved by one of them", () => {
  const planted = new Set(Object.values(CASES).flatMap(({ moves }) => Object.keys(moves)));
  const names = everyName.filter((name) => !planted.has(name));
  expect(everyName.length).toBeGreaterThan(30);
  expect(names).toEqual(["motifs/rank-correlation"]); // of twelve motifs, most of them rare, ranks are noise: compare-motifs.test.ts moves it
});
