import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  writeSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { writeFileAtomic } from "../../util/atomic-file.ts";
import { errorCode } from "../../util/error-code.ts";
import { diskFailure } from "./disk-failure.ts";
import { type MetricsRecord, parseMetricsLines } from "./metrics-lines.ts";

export interface OpenMetricsLogOptions {
  /** The checkpoint's step; records of later steps are cut off. Absent for a new run, whose log starts empty. */
  readonly resumeAfterStep?: number | undefined;
}

export interface MetricsLog {
  /**
   * Writes one line at once; a number that is not finite becomes null. A kill loses nothing that was appended.
   * Append the records of a step before its checkpoint, or a resumed run will lack them.
   *
   * @throws {FileError} when it cannot be written; the log is then as before
   */
  append<Logged extends MetricsRecord>(record: Logged): void;
  /** Makes what was appended survive a power cut; call it before a checkpoint is written. */
  sync(): void;
  close(): void;
}

/**
 * Opens the log of a run. Resumed after a checkpoint, the log holds what it held when that checkpoint was
 * written, so that a run that was interrupted leaves the same lines as one that was not, clocks apart.
 *
 * @throws {FileError} when it cannot be read or written, or holds a line that is not a record
 */
export async function openMetricsLog(
  path: string,
  { resumeAfterStep }: OpenMetricsLogOptions,
): Promise<MetricsLog> {
  if (resumeAfterStep !== undefined) await cutAfterStep(path, resumeAfterStep);
  const { O_WRONLY, O_CREAT, O_APPEND, O_TRUNC } = constants;
  const flags = O_WRONLY | O_CREAT | O_APPEND | (resumeAfterStep === undefined ? O_TRUNC : 0);
  const file = attempt(path, () => openSync(path, flags, 0o666));
  let length = attempt(path, () => fstatSync(file).size);
  return {
    append: (record) => {
      const line = new TextEncoder().encode(`${JSON.stringify(record)}\n`);
      attempt(path, () => writeWhole(file, line, length));
      length += line.length;
    },
    sync: () => attempt(path, () => fsyncSync(file)),
    close: () => attempt(path, () => closeSync(file)),
  };
}

async function cutAfterStep(path: string, step: number): Promise<void> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return "";
    throw diskFailure(error, "read", path);
  });
  const kept = parseMetricsLines(text, path).filter(({ record }) => record.step <= step);
  const cut = kept.map((line) => `${line.text}\n`).join("");
  if (cut !== text) await writeFileAtomic(path, new TextEncoder().encode(cut));
}

/** One call may write a part of a line; when the rest fails, that part goes too. */
function writeWhole(file: number, line: Uint8Array, length: number): void {
  try {
    for (let written = 0; written < line.length; ) written += writeSync(file, line, written);
  } catch (error) {
    ftruncateSync(file, length);
    throw error;
  }
}

function attempt<Result>(path: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw diskFailure(error, "write", path);
  }
}
