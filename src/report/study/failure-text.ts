/** Trials that failed, in words: arms that are missing for it, and how they are tried again. */

import { dirname } from "node:path";
import { shellWord } from "../../util/shell-word.ts";
import type { FailedStudyTrial, StudyRecord } from "../study-record.ts";

/** `FAILED: ar, sedd`: the arms of which no trial came to its end; undefined where every arm has one. */
export function missingText({
  arms,
  failures,
}: Pick<StudyRecord, "arms" | "failures">): string | undefined {
  const names = new Set(failures.map(({ arm }) => arm));
  const missing = [...names].filter((name) => arms.every((arm) => arm.name !== name));
  return missing.length === 0 ? undefined : `FAILED: ${missing.join(", ")}`;
}

/** A sentence an arm that has failed trials: the seeds of an arm are trained alike, so that other settings are for all of them. */
export function retryTexts(failures: readonly FailedStudyTrial[]): readonly string[] {
  const folders = new Map(failures.map(({ arm, folder }) => [arm, dirname(folder)]));
  return [...folders].map(
    ([arm, folder]) =>
      `To train ${arm} otherwise, delete the folder ${folder} of all its seeds, and give the same command with --set-for ${shellWord(`${arm}:train.lr=LOWER`)}.`,
  );
}
