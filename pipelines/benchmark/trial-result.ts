/** What a finished trial left: `result.json`, and the tables of its predictions. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TableError } from "../../src/errors.ts";
import { RESULT_FILE } from "../finetune/run.ts";

/** What both kinds of trials write of themselves, as far as a report needs it. */
export interface TrialResult {
  readonly seed: number;
  /** SHA-256 of classes, labels and bases of train and valid. */
  readonly dataSha256: string;
  /** Of networks. */
  readonly backend?: string;
  readonly precision?: string;
  readonly best?: { readonly epoch: number };
  /** Of baselines; networks say it in their logs. */
  readonly seconds?: number;
}

/** Returns the result of a trial; undefined where it has not finished. */
export async function readTrialResult(folder: string): Promise<TrialResult | undefined> {
  const path = join(folder, RESULT_FILE);
  if (!existsSync(path)) return undefined;
  const text = await readFile(path, "utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (isResult(value)) return value;
  } catch {
    // said below
  }
  throw new TableError(
    `${path}: expected the result of a trial as JSON with seed and dataSha256, got other text: delete ${folder}, and it is done again`,
  );
}

function isResult(value: unknown): value is TrialResult {
  if (typeof value !== "object" || value === null) return false;
  const { seed, dataSha256 } = value as Partial<TrialResult>;
  return typeof seed === "number" && typeof dataSha256 === "string";
}
