/** A small folder of shards: windows of 20 bases whose content follows from their number. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type Preparation, prepareShards } from "../../../src/data/shards/prepare-shards.ts";
import type { ShardJob } from "../../../src/data/shards/shard-job.ts";
import type { ShardManifest } from "../../../src/data/shards/shard-manifest.ts";
import type { SplitName } from "../../../src/data/splits.ts";
import type { Window } from "../../../src/data/window.ts";
import { addressedRandom } from "../../../src/random/addressed.ts";

export const LENGTH = 20;
export const CONTIGS: readonly string[] = ["chr1", "chrX", "scaffold π"];

/** Bytes of a shard of 10 windows. */
const TEN_WINDOWS = 10 * (LENGTH + 3 + 17);

/** A folder for one test file, deleted after its tests. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gdiff-shards-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Window `index` of a split: any ids, masks, places and strands. */
export function fixtureWindow(split: SplitName, index: number, length = LENGTH): Window {
  const random = addressedRandom(split.length, "window");
  const draw = (bound: number, position: number): number =>
    random.integer(bound, index, 0, position);
  const start = draw(2 ** 31, 0) * 4096 + draw(4096, 1); // beyond 32 bits, as large genomes are
  return {
    interval: {
      contig: CONTIGS[draw(CONTIGS.length, 2)] as string,
      start,
      end: start + length,
    },
    strand: draw(2, 3) === 0 ? "+" : "-",
    ids: Uint8Array.from({ length }, (_, i) => draw(5, 4 + i)),
    isSoftMasked: Uint8Array.from({ length }, (_, i) => draw(2, 4 + length + i)),
  };
}

export function fixtureJob(job: Partial<ShardJob> = {}): ShardJob {
  return {
    options: { data: { length: LENGTH, genome: "demo" }, seed: 1 },
    length: LENGTH,
    shardBytes: TEN_WINDOWS,
    drawn: "as they come",
    dataDigest: "d".repeat(64),
    windowsPerEpoch: 30,
    windows: { train: 25, valid: 7, test: 10 },
    ...job,
  };
}

/** A preparation of the fixture's windows. */
export function fixturePreparation(
  folder: string,
  preparation: Partial<Preparation> = {},
): Preparation {
  const job = preparation.job ?? fixtureJob();
  return {
    folder,
    job,
    createdBy: "gdiff 0.0.0",
    part: { rank: 0, size: 1 },
    before: undefined,
    contigs: () => CONTIGS,
    window: async (split, index) => fixtureWindow(split, index, job.length),
    advance: async () => {},
    ...preparation,
  };
}

/** Makes the folder of shards. */
export async function makeShards(folder: string): Promise<ShardManifest> {
  const { manifest } = await prepareShards(fixturePreparation(folder));
  if (manifest === undefined) throw new Error("expected a manifest");
  return manifest;
}
