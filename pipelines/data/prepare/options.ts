/** What `gdiff data prepare` can be told. */

import { resolve } from "node:path";
import type { ConfigLayer } from "../../../src/config/layer.ts";
import type { OptionTable } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { integerFrom, positiveInteger, text } from "../../../src/config/value-types.ts";
import { parseShard } from "../../../src/data/process-shard.ts";
import { ConfigError } from "../../../src/errors.ts";
import { absoluteData } from "../../absolute-data.ts";
import { expectSplits } from "../../expect-splits.ts";
import { type DataConfig, dataOptions } from "../../pretrain/sections.ts";
import { seedOption } from "../../shared-options.ts";
import { windowDifferences, windowLayer } from "../../window-options.ts";
import { readPrepared } from "./prepared-folder.ts";

export interface PrepareConfig {
  /** Folder of shards to make, or to go on with. */
  readonly out: string;
  /** Training windows; this or `epochs`. */
  readonly windows?: number;
  readonly epochs?: number;
  readonly data: DataConfig;
  readonly seed: number;
  /** Bytes of a shard, at most; one window where that is more. */
  readonly shardBytes: number;
  /** Which part of the shards to write, `2/8`; all without it. */
  readonly shard?: string;
}

export const prepareOptions: OptionTable<PrepareConfig> = {
  out: {
    type: text("FOLDER"),
    required: "--out FOLDER, for the shards",
    flag: "--out",
    help: "folder of shards to make, to make longer, or to go on with",
  },
  windows: {
    type: positiveInteger(),
    default: undefined,
    flag: "--windows",
    help: "training windows, from the first of the run on; this or --epochs",
  },
  epochs: {
    type: positiveInteger(),
    default: undefined,
    flag: "--epochs",
    help: "as many training windows as these epochs have",
  },
  data: dataOptions,
  seed: seedOption,
  shardBytes: {
    type: integerFrom(1, 2 ** 30),
    default: 2 ** 26,
    unit: "bytes",
    flag: "--shard-bytes",
    help: "largest shard; one window where that is more",
  },
  shard: {
    type: text("I/N"),
    default: undefined,
    flag: "--shard",
    help: "write this part of the shards only, for N processes: 1/8 … 8/8",
  },
};

/**
 * Returns the configuration that the layers make; of a folder that was begun, its own options lie below them.
 *
 * @throws {ConfigError} when values do not go together, or differ from those that the folder was begun with
 * @throws {FileError | ShardError} when the folder cannot be read, or was changed
 */
export async function resolvePrepare(layers: readonly ConfigLayer[]): Promise<PrepareConfig> {
  const out = resolve(resolveConfig(prepareOptions, layers).out);
  const before = await readPrepared(out);
  const facts = before?.job ?? before?.manifest;
  const recorded =
    facts === undefined
      ? new Map()
      : new Map([...windowLayer(facts, out), ["shardBytes", facts.shardBytes]]);
  const asked = resolveConfig(prepareOptions, [recorded, ...layers]);
  expectSplits(asked.data);
  const config = { ...asked, out, data: absoluteData(asked.data) };
  if (config.windows !== undefined && config.epochs !== undefined) {
    throw new ConfigError(
      `expected --windows or --epochs, got both: ${config.windows} and ${config.epochs}`,
    );
  }
  if (config.windows === undefined && config.epochs === undefined && facts === undefined) {
    throw new ConfigError("expected --windows or --epochs, got neither");
  }
  if (config.shard !== undefined) parseShard(config.shard);
  if (facts === undefined) return config;
  const differences = windowDifferences(facts, config, out);
  if (config.shardBytes !== facts.shardBytes) {
    differences.push(`shardBytes: expected ${facts.shardBytes}, got ${config.shardBytes}`);
  }
  if (differences.length > 0) {
    throw new ConfigError(
      `cannot go on in ${out} with other windows than it was begun with: ${differences.join("; ")} ` +
        "(leave them out, or give another --out)",
    );
  }
  return config;
}
