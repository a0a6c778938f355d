/**
 * `manifest.json` of a folder of token shards, written last: what defines the windows, and which files hold them, with
 * size and SHA-256. It ends with the SHA-256 of itself.
 */

import { join } from "node:path";
import { ShardError } from "../../errors.ts";
import { SPLIT_NAMES, type SplitName } from "../splits.ts";
import type { Mapping } from "./sealed-json.ts";
import { formatSealed, isCount, isMapping, parseSealed, readSealed, show } from "./sealed-json.ts";
import { factsOf, parseFacts, SCHEMA, type ShardFacts } from "./shard-facts.ts";

export const MANIFEST_NAME = "manifest.json";

/** One shard: windows `first` … `first + rows` of its split, in order. */
export interface ShardFile {
  readonly name: string;
  readonly first: number;
  readonly rows: number;
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

export interface ShardManifest extends ShardFacts {
  /** `gdiff 0.1.0` */
  readonly createdBy: string;
  readonly splits: Readonly<Record<SplitName, readonly ShardFile[]>>;
}

/** Windows in the files of a split. */
export function windowCount(files: readonly Pick<ShardFile, "rows">[]): number {
  return files.reduce((sum, { rows }) => sum + rows, 0);
}

/** Returns the manifest's text; it holds no time, so equal folders have equal manifests. */
export function formatShardManifest(manifest: ShardManifest): string {
  const { train, valid, test } = manifest.splits;
  return formatSealed({
    schema: SCHEMA,
    createdBy: manifest.createdBy,
    ...factsOf(manifest),
    splits: { train, valid, test },
  });
}

/**
 * Parses a manifest.
 *
 * @throws {ShardError} when it is not one, or a byte of it is not as it was written
 */
export function parseShardManifest(text: string, path: string): ShardManifest {
  return manifestOf(parseSealed(text, path), path);
}

/**
 * Reads the manifest of a folder.
 *
 * @throws {ShardError} when it is not one, or a byte of it is not as it was written
 * @throws {FileError} when it is not there, or may not be read
 */
export async function readShardManifest(folder: string): Promise<ShardManifest> {
  const path = join(folder, MANIFEST_NAME);
  return manifestOf(await readSealed(path), path);
}

/** The seal held: what is checked here guards against a file that was made with its hash, not against damage. */
function manifestOf(body: Mapping, path: string): ShardManifest {
  const facts = parseFacts(body, path);
  const { createdBy, splits } = body;
  if (typeof createdBy !== "string" || !isMapping(splits)) {
    throw new ShardError(`${path}: expected createdBy and splits, got ${show(body)}`);
  }
  const filesOf = (split: SplitName): readonly ShardFile[] => parseFiles(splits[split], path);
  const [train = [], valid = [], test = []] = SPLIT_NAMES.map(filesOf);
  return { ...facts, createdBy, splits: { train, valid, test } };
}

/** One path part: a manifest names nothing outside its folder. */
const FILE_NAME = /^[a-z]+-\d+-\d+\.arrow$/;

function parseFiles(items: unknown, path: string): readonly ShardFile[] {
  if (!Array.isArray(items)) {
    throw new ShardError(`${path}: expected a list of files, got ${show(items)}`);
  }
  let next = 0;
  return items.map((item: unknown) => {
    const { name, first, rows, bytes, sha256 } = isMapping(item) ? item : {};
    const isFile =
      typeof name === "string" &&
      FILE_NAME.test(name) &&
      first === next &&
      isCount(rows) &&
      rows > 0 &&
      isCount(bytes) &&
      typeof sha256 === "string" &&
      /^[0-9a-f]{64}$/.test(sha256);
    if (!isFile) {
      throw new ShardError(
        `${path}: expected a file whose first window is ${next}, got ${show(item)}`,
      );
    }
    next += rows;
    return { name, first: next - rows, rows, bytes, sha256 };
  });
}
