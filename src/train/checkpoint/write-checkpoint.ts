import { lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CheckpointError } from "../../errors.ts";
import { errorCode } from "../../util/error-code.ts";
import { sha256Hex } from "../../util/sha256.ts";
import { syncFolder } from "../../util/sync-folder.ts";
import { diskFailure } from "../run-folder/disk-failure.ts";
import { formatManifest, isCheckpointFileName, MANIFEST_NAME } from "./checkpoint-manifest.ts";
import { checkpointsFolder, stepFolder, temporaryFolder } from "./checkpoint-names.ts";
import { clearTemporaries } from "./clear-temporaries.ts";
import { verifyCheckpoint } from "./read-checkpoint.ts";

export interface WriteCheckpointOptions {
  /** Written into the manifest: `0.1.0`. */
  readonly gdiffVersion: string;
}

/**
 * Writes `checkpoints/step-N`: into a temporary folder, every file synced, the manifest last, then renamed into
 * place. A power cut at any moment leaves the checkpoint whole or absent. A whole checkpoint of the same step is
 * kept as it is; a broken one is replaced. Needs the run's lock; one call at a time.
 *
 * @param files content by file name: letters, digits and `. _ -`, no folders
 * @returns the checkpoint's folder
 * @throws {FileError} when it cannot be written; nothing that was there is lost
 */
export async function writeCheckpoint(
  runFolder: string,
  step: number,
  files: Readonly<Record<string, Uint8Array>>,
  options: WriteCheckpointOptions,
): Promise<string> {
  expectArguments(step, Object.keys(files));
  const dir = stepFolder(runFolder, step);
  const temporary = temporaryFolder(runFolder, step);
  try {
    const isThere = await exists(dir);
    if (isThere && (await isWhole(dir))) return dir;
    await clearTemporaries(runFolder); // before more space is asked for
    await mkdirDurably(runFolder);
    await writeFiles(temporary, step, files, options);
    // A folder cannot be renamed over one that holds files, so a broken checkpoint steps aside first.
    const aside = temporaryFolder(runFolder, step);
    if (isThere) await rename(dir, aside);
    await rename(temporary, dir);
    await syncFolder(checkpointsFolder(runFolder));
    await rm(aside, { recursive: true, force: true });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw diskFailure(error, "write", dir);
  }
  return dir;
}

function expectArguments(step: number, names: readonly string[]): void {
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new RangeError(`internal: expected a step of 0 or more, got ${step}`);
  }
  const refused = names.find((name) => !isCheckpointFileName(name));
  if (refused !== undefined) {
    throw new RangeError(
      `internal: expected a name for a checkpoint's file, got ${JSON.stringify(refused)}`,
    );
  }
}

async function exists(dir: string): Promise<boolean> {
  return lstat(dir).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === "ENOENT") return false;
      throw error;
    },
  );
}

async function isWhole(dir: string): Promise<boolean> {
  try {
    await verifyCheckpoint(dir);
    return true;
  } catch (error) {
    if (error instanceof CheckpointError) return false;
    throw error;
  }
}

async function mkdirDurably(runFolder: string): Promise<void> {
  const created = await mkdir(checkpointsFolder(runFolder), { recursive: true });
  if (created !== undefined) await syncFolder(dirname(created));
}

async function writeFiles(
  folder: string,
  step: number,
  files: Readonly<Record<string, Uint8Array>>,
  { gdiffVersion }: WriteCheckpointOptions,
): Promise<void> {
  await mkdir(folder);
  const names = Object.keys(files).sort();
  const listed = names.map((name) => {
    const content = files[name] as Uint8Array;
    return { name, bytes: content.length, sha256: sha256Hex(content) };
  });
  for (const name of names) await writeDurably(join(folder, name), files[name] as Uint8Array);
  const manifest = formatManifest(step, `gdiff ${gdiffVersion}`, listed);
  await writeDurably(join(folder, MANIFEST_NAME), new TextEncoder().encode(manifest));
  await syncFolder(folder);
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
