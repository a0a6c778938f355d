/** A trial from where it is to its end: every part that is not done, as a process of its own. */

import { existsSync } from "node:fs";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { runTrialProcess } from "../trials/trial-process.ts";
import type { TrialPart } from "./trial-parts.ts";

interface RunOptions {
  readonly threads: number;
  /** When it aborts, what runs saves and ends. */
  readonly signal: AbortSignal;
  /** Called as each part begins. */
  readonly onPart: (part: TrialPart) => void;
}

/** Parts that are still to be run. */
export function openParts(parts: readonly TrialPart[]): readonly TrialPart[] {
  return parts.filter(({ summary }) => !existsSync(summary));
}

/**
 * Runs the parts that are open, one after another, to the last or until `signal` aborts.
 *
 * @returns why training could not go on, if it could not
 * @throws {TrainingError} when a part fails for another reason
 */
export async function runTrial(
  parts: readonly TrialPart[],
  { threads, signal, onPart }: RunOptions,
): Promise<string | undefined> {
  for (const part of openParts(parts)) {
    onPart(part);
    const { name, args, folder, summary } = part;
    const end = await runTrialProcess({ name, args, folder, threads, signal });
    if (end.kind === "diverged") return end.reason;
    if (end.kind === "stopped") return undefined;
    await writeFileAtomic(summary, new TextEncoder().encode(end.stdout));
  }
  return undefined;
}
