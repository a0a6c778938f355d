import { lstat } from "node:fs/promises";
import { basename, join } from "node:path";
import { CheckpointError } from "../../errors.ts";
import { formatCount } from "../../util/format.ts";
import { sha256Hex } from "../../util/sha256.ts";
import { diskFailure } from "../run-folder/disk-failure.ts";
import { MANIFEST_NAME, type ManifestFile, parseManifest } from "./checkpoint-manifest.ts";
import { parseStep } from "./checkpoint-names.ts";
import { readRegularFile } from "./read-regular-file.ts";

const MAX_MANIFEST_BYTES = 2 ** 20;

export interface Checkpoint {
  readonly step: number;
  /** Its folder, `…/checkpoints/step-N`. */
  readonly dir: string;
  /** Content by file name, without the manifest. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Identifies the checkpoint: the manifest holds the SHA-256 of every file. */
  readonly manifestSha256: string;
}

/**
 * Reads a checkpoint, every file compared with its manifest. Files that the manifest does not list are ignored.
 *
 * @param dir a folder called `step-N`
 * @throws {CheckpointError} when it is not whole
 * @throws {FileError} when this process may not read it
 */
export async function readCheckpoint(dir: string): Promise<Checkpoint> {
  const { step, manifestSha256, files } = await openCheckpoint(dir);
  const contents: [string, Uint8Array][] = [];
  for (const file of files) contents.push([file.name, await readListedFile(dir, file)]);
  return { step, dir, files: Object.fromEntries(contents), manifestSha256 };
}

/**
 * Reads a checkpoint again from the disk, one file at a time in memory.
 *
 * @throws {CheckpointError} when it is not whole
 * @throws {FileError} when this process may not read it
 */
export async function verifyCheckpoint(dir: string): Promise<void> {
  const { files } = await openCheckpoint(dir);
  for (const file of files) await readListedFile(dir, file);
}

async function openCheckpoint(
  dir: string,
): Promise<{ step: number; manifestSha256: string; files: readonly ManifestFile[] }> {
  const step = parseStep(basename(dir));
  if (step === undefined) throw new CheckpointError(`${dir}: expected a folder called step-N`);
  await expectFolder(dir);
  const path = join(dir, MANIFEST_NAME);
  const bytes = await readRegularFile(path, (size) =>
    size > MAX_MANIFEST_BYTES ? `at most ${formatCount(MAX_MANIFEST_BYTES)} bytes` : undefined,
  );
  const { files } = parseManifest(new TextDecoder().decode(bytes), step, path);
  return { step, manifestSha256: sha256Hex(bytes), files };
}

async function expectFolder(dir: string): Promise<void> {
  const stat = await lstat(dir).catch((error: unknown) => {
    throw diskFailure(error, "read", dir);
  });
  if (!stat.isDirectory()) {
    const kind = stat.isSymbolicLink() ? "a symbolic link" : "a file";
    throw new CheckpointError(`${dir}: expected a folder, got ${kind}`);
  }
}

async function readListedFile(dir: string, file: ManifestFile): Promise<Uint8Array> {
  const path = join(dir, file.name);
  const bytes = await readRegularFile(path, (size) =>
    size === file.bytes ? undefined : `${formatCount(file.bytes)} bytes, as the manifest says`,
  );
  const sha256 = sha256Hex(bytes);
  if (sha256 !== file.sha256) {
    throw new CheckpointError(
      `${path}: expected SHA-256 ${file.sha256}, as the manifest says, got ${sha256} (was it changed, or is the disk failing?)`,
    );
  }
  return bytes;
}
