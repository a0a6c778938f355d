/** `gdiff data prepare`: the windows of a training run as token shards, in its order, with those that it is validated and evaluated on. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseShard, shardRange } from "../../../src/data/process-shard.ts";
import { type Prepared, prepareShards, shardsOf } from "../../../src/data/shards/prepare-shards.ts";
import { shardRowBytes } from "../../../src/data/shards/shard-columns.ts";
import type { ShardJob } from "../../../src/data/shards/shard-job.ts";
import { windowCount } from "../../../src/data/shards/shard-manifest.ts";
import type { SplitName } from "../../../src/data/splits.ts";
import { spreadTiles, tileCount } from "../../../src/data/tiles.ts";
import { readWindow, type Window } from "../../../src/data/window.ts";
import { ConfigError, StoppedError } from "../../../src/errors.ts";
import { expectDiskSpace } from "../../../src/util/disk-space.ts";
import { formatBytes, formatCount, formatNumberOf } from "../../../src/util/format.ts";
import { packageVersion } from "../../../src/util/package-root.ts";
import { shellWord } from "../../../src/util/shell-word.ts";
import type { PipelineIo } from "../../io.ts";
import { openData, type RunData } from "../../open-data.ts";
import { dataDigest } from "../../pretrain/data-digest.ts";
import { makeFolder } from "../../run-folder/make-folder.ts";
import { stopRequest, turn } from "../../stop.ts";
import { openTrainingWindows, WINDOWS_DRAWN } from "../../training-windows.ts";
import { recordedWindowOptions } from "../../window-options.ts";
import type { PrepareConfig } from "./options.ts";
import { type PreparedFolder, readPrepared } from "./prepared-folder.ts";

/** What a preparation came to; printed under `--json`. */
export interface PrepareSummary {
  readonly folder: string;
  /** Windows of each split that the folder has, or is to have. */
  readonly windows: ShardJob["windows"];
  readonly windowsPerEpoch: number;
  readonly shards: number;
  /** Shards that this call wrote, those of its part that were there, and those of other parts that are not. */
  readonly written: number;
  readonly kept: number;
  readonly missing: number;
  /** Bytes of all shards; absent while some are missing. */
  readonly bytes?: number;
}

/**
 * Prepares as `config` says; what is there and whole is kept.
 *
 * @throws {ConfigError} when the genome or its regions are not those that the folder was begun with
 * @throws {StoppedError} when `io.signal` aborted; another call goes on
 */
export async function runDataPrepare(
  config: PrepareConfig,
  io: PipelineIo,
): Promise<PrepareSummary> {
  const before = await readPrepared(config.out);
  const data = await openData(config.data, io);
  try {
    const { source, notices } = await openTrainingWindows(data, config.data, config.seed);
    for (const notice of [...data.notices, ...notices]) io.stderr(notice);
    await turn(io.signal);
    const job = await jobOf(config, data, source.windows, before);
    expectSameData(job, before, config.out);
    const shards = shardsOf(job);
    const part = config.shard === undefined ? { rank: 0, size: 1 } : parseShard(config.shard);
    const { first, end } = shardRange(shards.length, part);
    const own = shards.slice(first, end);
    const ahead = own.filter(({ name }) => !existsSync(join(config.out, name)));
    await makeFolder(config.out);
    await expectDiskSpace(config.out, windowCount(ahead) * shardRowBytes(job.length));
    io.stderr(
      `${formatNumberOf(windowCount(own), "window")} of ${formatCount(job.length)} bases in ${formatNumberOf(own.length, "shard")}, ` +
        `about ${formatBytes(windowCount(own) * shardRowBytes(job.length))}`,
    );
    const total = windowCount(own);
    let done = 0;
    const prepared = await prepareShards({
      folder: config.out,
      job,
      createdBy: `gdiff ${packageVersion()}`,
      part,
      before: before?.manifest,
      contigs: (split) => contigsOf(split, data),
      window: windowMaker(data, source, job.length),
      advance: async (windows) => {
        done += windows;
        io.progress.update(done, total, "windows");
        await turn(io.signal);
      },
    }).catch((error: unknown) => {
      throw stopped(error, config, io);
    });
    io.progress.finish();
    io.stderr(outcomeLine(prepared, config.out, job));
    return summaryOf(prepared, config.out, job, shards.length);
  } finally {
    io.progress.finish();
    await data.genome.close();
  }
}

async function jobOf(
  { windows, epochs, data, seed, shardBytes }: PrepareConfig,
  opened: RunData,
  windowsPerEpoch: number,
  before: PreparedFolder | undefined,
): Promise<ShardJob> {
  const asked = windows ?? (epochs === undefined ? undefined : epochs * windowsPerEpoch);
  const there = before?.manifest === undefined ? 0 : windowCount(before.manifest.splits.train);
  const begun = before?.job?.windows.train ?? there;
  return {
    options: recordedWindowOptions({ data, seed }),
    length: data.length,
    shardBytes,
    drawn: WINDOWS_DRAWN,
    dataDigest: await dataDigest(opened),
    windowsPerEpoch,
    windows: {
      train: Math.max(there, asked ?? begun),
      valid: tileCount(opened.splits.valid, data.length).windows,
      test: tileCount(opened.splits.test, data.length).windows,
    },
  };
}

/** The options were compared before; a file of the same name may have other bases. */
function expectSameData(
  { drawn, dataDigest }: ShardJob,
  before: PreparedFolder | undefined,
  folder: string,
): void {
  for (const facts of [before?.manifest, before?.job]) {
    if (facts === undefined || (facts.drawn === drawn && facts.dataDigest === dataDigest)) continue;
    throw new ConfigError(
      `cannot go on in ${folder} with other data than it was begun with: ` +
        "the genome has other contigs, regions or bases, or gdiff finds windows otherwise now (give another --out)",
    );
  }
}

function contigsOf(split: SplitName, { genome, splits, training }: RunData): readonly string[] {
  const intervals = split === "train" ? training.intervals : splits[split];
  const named = new Set(intervals.map(({ contig }) => contig));
  return genome.contigs.map(({ name }) => name).filter((name) => named.has(name));
}

function windowMaker(
  { genome, splits }: RunData,
  source: Awaited<ReturnType<typeof openTrainingWindows>>["source"],
  length: number,
): (split: SplitName, index: number) => Promise<Window> {
  const tiles = {
    valid: spreadTiles(splits.valid, length, Number.POSITIVE_INFINITY),
    test: spreadTiles(splits.test, length, Number.POSITIVE_INFINITY),
  };
  return async (split, index) => {
    if (split === "train") return source.windowSync?.(index) ?? source.window(index);
    const tile = tiles[split][index];
    if (tile === undefined) throw new RangeError(`internal: expected a ${split} window ${index}`);
    return readWindow(genome, tile, "+");
  };
}

function outcomeLine({ written, kept, missing }: Prepared, folder: string, job: ShardJob): string {
  const done = `${folder}: wrote ${formatNumberOf(written, "shard")}, kept ${kept} that ${kept === 1 ? "was" : "were"} whole`;
  if (missing === 0) return `${done}; train with: gdiff pretrain --shards ${shellWord(folder)}`;
  return (
    `${done}; ${missing} of ${shardsOf(job).length} are not there yet: run the other parts, ` +
    `or gdiff data prepare --out ${shellWord(folder)} to write what is missing`
  );
}

function summaryOf(
  { manifest, written, kept, missing }: Prepared,
  folder: string,
  { windows, windowsPerEpoch }: ShardJob,
  shards: number,
): PrepareSummary {
  const summary = { folder, windows, windowsPerEpoch, shards, written, kept, missing };
  if (manifest === undefined) return summary;
  const files = Object.values(manifest.splits).flat();
  return { ...summary, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function stopped(error: unknown, { out, shard }: PrepareConfig, { signal }: PipelineIo): unknown {
  const request = stopRequest(signal);
  if (request === undefined || error !== signal.reason) return error;
  const part = shard === undefined ? "" : ` --shard ${shard}`;
  return new StoppedError(
    request.exitCode,
    `stopped by ${request.signal}; whole shards are kept; go on with: gdiff data prepare --out ${shellWord(out)}${part}`,
  );
}
