/** What a run remembers of its data, so that it is not resumed on other data unnoticed. */

import { spreadTiles } from "../../src/data/tiles.ts";
import { type Interval, intervalLength } from "../../src/genome/interval.ts";
import { sha256Hex } from "../../src/util/sha256.ts";
import type { RunData } from "../open-data.ts";

/** Stretches of the training regions that are read, and bases of each: a look costs milliseconds, whatever the genome. */
const PROBES = 64;
const PROBE_BASES = 1024;

/**
 * SHA-256 of the contigs' names and lengths, of the splits, of the rows that training follows if it does, and of bases
 * here and there: other assemblies and masks differ.
 */
export async function dataDigest({
  genome,
  splits,
  training,
}: Pick<RunData, "genome" | "splits" | "training">): Promise<string> {
  const total = splits.train.reduce((sum, interval) => sum + intervalLength(interval), 0);
  const length = Math.min(PROBE_BASES, Math.max(1, Math.floor(total / PROBES)));
  const intervals = [...spreadTiles(splits.train, length, PROBES)];
  const bases = await Promise.all(intervals.map((interval) => genome.read(interval))); // a server answers them at once
  const probes = bases.map(sha256Hex);
  const plain = (intervals: readonly Interval[]) =>
    intervals.map(({ contig, start, end }) => [contig, start, end]);
  const facts = {
    contigs: genome.contigs.map(({ name, length }) => [name, length]),
    splits: [splits.train, splits.valid, splits.test].map(plain),
    ...(training.frame === "fixed" ? { rows: plain(training.intervals) } : {}),
    probes,
  };
  return sha256Hex(new TextEncoder().encode(JSON.stringify(facts)));
}
