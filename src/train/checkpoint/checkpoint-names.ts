/**
 * Names in `checkpoints/`: `step-N` is a finished checkpoint, `.step-N.tmp-PID-RANDOM` one that process PID is
 * writing or deleting. Only a rename makes one the other.
 */

import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../util/error-code.ts";
import { diskFailure } from "../run-folder/disk-failure.ts";

export interface StepFolder {
  readonly step: number;
  readonly dir: string;
}

export interface TemporaryFolder extends StepFolder {
  readonly pid: number;
}

export function checkpointsFolder(runFolder: string): string {
  return join(runFolder, "checkpoints");
}

export function stepFolder(runFolder: string, step: number): string {
  return join(checkpointsFolder(runFolder), `step-${step}`);
}

/** A name that no other process and no other call uses. */
export function temporaryFolder(runFolder: string, step: number): string {
  const name = `.step-${step}.tmp-${process.pid}-${randomBytes(6).toString("hex")}`;
  return join(checkpointsFolder(runFolder), name);
}

/** The step of a name `step-N`, or undefined. */
export function parseStep(name: string): number | undefined {
  const digits = /^step-(0|[1-9]\d*)$/.exec(name)?.[1];
  const step = Number(digits);
  return digits !== undefined && Number.isSafeInteger(step) ? step : undefined;
}

/**
 * Lists a run's checkpoints, newest first, and its temporary folders; none when there is no `checkpoints/`.
 *
 * @throws {FileError} when the folder cannot be read
 */
export async function listCheckpoints(
  runFolder: string,
): Promise<{ steps: readonly StepFolder[]; temporaries: readonly TemporaryFolder[] }> {
  const folder = checkpointsFolder(runFolder);
  const steps: StepFolder[] = [];
  const temporaries: TemporaryFolder[] = [];
  for (const name of await namesIn(folder)) {
    const dir = join(folder, name);
    const step = parseStep(name);
    if (step !== undefined) steps.push({ step, dir });
    const temporary = /^\.step-(\d+)\.tmp-(\d+)-[0-9a-f]+$/.exec(name);
    if (temporary) temporaries.push({ step: Number(temporary[1]), pid: Number(temporary[2]), dir });
  }
  steps.sort((a, b) => b.step - a.step);
  return { steps, temporaries };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw diskFailure(error, "read", folder);
  }
}
