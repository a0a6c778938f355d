/**
 * `manifest.json` of a checkpoint: which files belong to it, how long they are, and their SHA-256. It is written
 * last, so a folder with a manifest whose files agree with it is a whole checkpoint.
 */

import { CheckpointError } from "../../errors.ts";
import { parseStrictJson } from "../../util/strict-json.ts";

export const MANIFEST_NAME = "manifest.json";

const SCHEMA = 1;
/** Manifest, list of files, file. */
const MAX_DEPTH = 3;
/** One path part that no file system and no shell reads as anything else. */
const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

export interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

export interface CheckpointManifest {
  readonly schema: typeof SCHEMA;
  readonly step: number;
  /** `gdiff 0.1.0` */
  readonly createdBy: string;
  readonly files: readonly ManifestFile[];
}

/** Whether a checkpoint may hold a file of this name beside its manifest. */
export function isCheckpointFileName(name: string): boolean {
  return FILE_NAME.test(name) && name.toLowerCase() !== MANIFEST_NAME;
}

/** Returns the manifest's text; it holds no time, so equal checkpoints have equal manifests. */
export function formatManifest(
  step: number,
  createdBy: string,
  files: readonly ManifestFile[],
): string {
  const manifest: CheckpointManifest = { schema: SCHEMA, step, createdBy, files };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/**
 * Parses the manifest of the checkpoint of `expectedStep`.
 *
 * @throws {CheckpointError} when it is not one, or belongs to another step
 */
export function parseManifest(
  text: string,
  expectedStep: number,
  path: string,
): CheckpointManifest {
  const value = parseMapping(text, path);
  const { schema, step, createdBy, files } = value;
  if (schema !== SCHEMA) {
    throw new CheckpointError(
      `${path}: expected schema ${SCHEMA}, got ${show(schema)} (was it written by a later gdiff?)`,
    );
  }
  if (step !== expectedStep) {
    throw new CheckpointError(
      `${path}: expected step ${expectedStep}, as its folder is called, got ${show(step)} (was the folder renamed?)`,
    );
  }
  if (typeof createdBy !== "string") {
    throw new CheckpointError(`${path}: expected createdBy to be text, got ${show(createdBy)}`);
  }
  if (!Array.isArray(files)) {
    throw new CheckpointError(`${path}: expected files to be a list, got ${show(files)}`);
  }
  return { schema, step: expectedStep, createdBy, files: parseFiles(files, path) };
}

function parseMapping(text: string, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseStrictJson(text, MAX_DEPTH);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new CheckpointError(`${path}: expected JSON, got ${cause.message}`, { cause });
  }
  if (isMapping(value)) return value;
  throw new CheckpointError(`${path}: expected a mapping, got ${show(value)}`);
}

function parseFiles(items: readonly unknown[], path: string): readonly ManifestFile[] {
  const seen = new Set<string>();
  return items.map((item) => {
    const { name, bytes, sha256 } = isMapping(item) ? item : {};
    const isFile =
      typeof name === "string" &&
      Number.isSafeInteger(bytes) &&
      Number(bytes) >= 0 &&
      typeof sha256 === "string" &&
      /^[0-9a-f]{64}$/.test(sha256);
    if (!isFile) {
      throw new CheckpointError(
        `${path}: expected files of name, bytes and sha256, got ${show(item)}`,
      );
    }
    if (!isCheckpointFileName(name)) {
      throw new CheckpointError(
        `${path}: expected names of files beside it, of letters, digits and . _ -, got ${show(name)}`,
      );
    }
    if (seen.has(name.toLowerCase())) {
      throw new CheckpointError(`${path}: expected each file once, got ${show(name)} twice`);
    }
    seen.add(name.toLowerCase());
    return { name, bytes: Number(bytes), sha256 };
  });
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80);
}
