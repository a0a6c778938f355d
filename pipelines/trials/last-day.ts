import { stat } from "node:fs/promises";

/** The day, in UTC, on which the last of some files was written: making a report again changes nothing. */
export async function lastDay(paths: readonly string[]): Promise<string> {
  let last = new Date(0);
  for (const path of paths) {
    const { mtime } = await stat(path);
    if (mtime > last) last = mtime;
  }
  return last.toISOString().slice(0, "2026-01-31".length);
}
