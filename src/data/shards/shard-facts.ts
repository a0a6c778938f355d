/** What defines the windows of a folder of shards: equal facts make equal shards. */

import { ShardError } from "../../errors.ts";
import { isCount, isMapping, type Mapping, show } from "./sealed-json.ts";

export const SCHEMA = 1;

export interface ShardFacts {
  /** Recorded options as YAML has them, sections nested: `{ data: { length: 1024, … }, seed: 1 }`. */
  readonly options: Mapping;
  /** Bases of a window. */
  readonly length: number;
  /** Size that a shard is not to exceed, bytes; headers and footer come on top. */
  readonly shardBytes: number;
  /** How window i is found, in words: another gdiff may find it otherwise. */
  readonly drawn: string;
  /** Of the genome and its splits. */
  readonly dataDigest: string;
  /** Training windows of an epoch. */
  readonly windowsPerEpoch: number;
}

/** Returns the facts alone, in their order in files. */
export function factsOf({
  options,
  length,
  shardBytes,
  drawn,
  dataDigest,
  windowsPerEpoch,
}: ShardFacts): ShardFacts {
  return { options, length, shardBytes, drawn, dataDigest, windowsPerEpoch };
}

/** @throws {ShardError} when `body` lacks one, or is of another schema */
export function parseFacts(body: Mapping, path: string): ShardFacts {
  const { schema, options, length, shardBytes, drawn, dataDigest, windowsPerEpoch } = body;
  if (schema !== SCHEMA) {
    throw new ShardError(
      `${path}: expected schema ${SCHEMA}, got ${show(schema)} (was it written by a later gdiff?)`,
    );
  }
  const isWhole =
    isMapping(options) &&
    isCount(length) &&
    length > 0 &&
    isCount(shardBytes) &&
    typeof drawn === "string" &&
    typeof dataDigest === "string" &&
    isCount(windowsPerEpoch);
  if (!isWhole) {
    throw new ShardError(
      `${path}: expected options, length, shardBytes, drawn, dataDigest and windowsPerEpoch, got ${show(body)}`,
    );
  }
  return { options, length, shardBytes, drawn, dataDigest, windowsPerEpoch };
}
